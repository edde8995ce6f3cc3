import { Readable } from 'node:stream';
import { Controller, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Caller, ForAdmins } from '../auth/access.decorator';
import type { Principal } from '../auth/principal';
import { DomainError } from '../errors/domain-error';
import { TakesUpload } from '../http/bodies';
import { requireUncompressed } from '../http/body-coding';
import { progressing } from '../http/upload-progress';
import { PathId } from '../http/path-id';
import { ImportQuery, ImportResult } from './follower-import.dto';
import { FollowerImport, type Upload } from './follower-import.service';
import { BadForm, firstFileOf } from './upload-parts.stream';
import { formOf } from './upload-type';

const description = `One follower a line: \`subscriber\`, and optionally \`followedAt\` and \`tags\` (made when they are missing).
NDJSON takes tags as a list; CSV has a header, and \`;\` between tags. CSV is read as spreadsheets write it: separated by commas,
semicolons, tabs or vertical bars, in UTF-8 or UTF-16. Padding around values is not part of them. A bad line is passed over and reported by its number.
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
  @ApiConsumes('application/x-ndjson', 'text/csv', 'multipart/form-data')
  @ApiBody({ schema: { type: 'string' }, description: 'A stream of any length; a line has at most 64 kB.' })
  @ApiOkResponse({ type: ImportResult })
  async import(
    @Caller() caller: Principal,
    @Param('accountId', PathId) accountId: string,
    @Query() { dryRun, withFormat }: ImportQuery,
    @Req() request: FastifyRequest,
  ): Promise<ImportResult> {
    const { release, ...upload } = await uploadOf(request);
    const options = { dryRun: dryRun === 'true', withFormat: withFormat === 'true' };
    return this.imports.run(caller, accountId, upload, options).finally(release);
  }
}

/** @throws DomainError unsupported-media-type, invalid-request */
async function uploadOf({ headers, body }: FastifyRequest): Promise<Upload & { release?: () => void }> {
  const found = formOf(headers['content-type'] ?? '');
  if ('refusal' in found || !isStream(body)) {
    throw new DomainError(
      'unsupported-media-type',
      'refusal' in found ? found.refusal : 'Send application/x-ndjson or text/csv.',
    );
  }
  requireUncompressed(headers);
  if (found.form !== 'multipart') {
    // Destroying a request destroys its connection, and with it the answer that says what was wrong.
    return {
      form: found.form,
      chunks: progressing(body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>),
    };
  }
  const { form, chunks, release } = await firstFileOf(headers, body).catch((error: unknown) => {
    throw error instanceof BadForm ? new DomainError('invalid-request', `${error.message}.`) : error;
  });
  return { form, chunks: progressing(chunks), release };
}

function isStream(body: unknown): body is Readable {
  return body instanceof Readable;
}
