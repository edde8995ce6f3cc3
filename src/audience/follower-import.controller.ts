import { Readable } from 'node:stream';
import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Caller, ForAdmins } from '../auth/access.decorator';
import type { Principal } from '../auth/principal';
import { DomainError } from '../errors/domain-error';
import { TakesUpload } from '../http/bodies';
import { progressing } from '../http/upload-progress';
import { PathId } from '../http/path-id';
import { ImportResult } from './follower-import.dto';
import { FollowerImport, type Upload } from './follower-import.service';

const description = `One follower a line: \`subscriber\`, and optionally \`followedAt\` and \`tags\` (made when they are missing).
NDJSON takes tags as a list; CSV has a header, and \`;\` between tags. A bad line is passed over and reported by its number.
The same file can be sent again: whoever follows stays as they are, and whoever has left since is not brought back.`;

@ApiTags('Admin: accounts')
@ForAdmins()
@Controller('admin/accounts/:accountId/followers/import')
export class FollowerImportController {
  constructor(private readonly imports: FollowerImport) {}

  @Post()
  @HttpCode(200)
  @TakesUpload()
  @ApiOperation({ summary: 'Import followers', description })
  @ApiConsumes('application/x-ndjson', 'text/csv')
  @ApiBody({ schema: { type: 'string' }, description: 'A stream of any length; a line has at most 64 kB.' })
  @ApiOkResponse({ type: ImportResult })
  import(
    @Caller() caller: Principal,
    @Param('accountId', PathId) accountId: string,
    @Req() request: FastifyRequest,
  ): Promise<ImportResult> {
    return this.imports.run(caller, accountId, uploadOf(request));
  }
}

/** @throws DomainError unsupported-media-type */
function uploadOf({ headers, body }: FastifyRequest): Upload {
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(/\s*;\s*/);
  const form =
    type.trim() === 'text/csv' ? 'csv' : type.trim() === 'application/x-ndjson' ? 'ndjson' : undefined;
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  const encoding = headers['content-encoding'] ?? 'identity';
  if (form === undefined || !isStream(body)) {
    throw new DomainError('unsupported-media-type', 'Send application/x-ndjson or text/csv.');
  }
  if (charset !== undefined && !/^charset="?(utf-?8|us-ascii)"?$/.test(charset)) {
    throw new DomainError('unsupported-media-type', 'Send UTF-8.');
  }
  if (encoding !== 'identity') throw new DomainError('unsupported-media-type', 'Send it uncompressed.');
  // Destroying a request destroys its connection, and with it the answer that says what was wrong.
  return { form, chunks: progressing(body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) };
}

function isStream(body: unknown): body is Readable {
  return body instanceof Readable;
}
