import { Controller, Delete, Get, HttpCode, StreamableFile } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { LargeAnswer } from '../auth/answers-at-once.interceptor';
import { CallingSubscriber, ForSubscribers } from '../auth/access.decorator';
import type { Subscriber } from '../auth/principal';
import { Erasure } from './erasure.service';
import { PersonExport } from './person-export.dto';
import { PersonExports } from './person-export.service';

@ApiTags('Subscriber: my data')
@ForSubscribers()
@Controller('me')
export class PersonController {
  constructor(
    private readonly exports: PersonExports,
    private readonly erasure: Erasure,
  ) {}

  @Get('export')
  @LargeAnswer()
  @ApiOperation({ summary: 'Everything that is kept about me' })
  @ApiOkResponse({ type: PersonExport })
  async export(@CallingSubscriber() me: Subscriber): Promise<StreamableFile> {
    return new StreamableFile(await this.exports.of(me), { type: 'application/json; charset=utf-8' });
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Erase me',
    description: 'What I followed and read goes on counting in figures, under an id that leads to nobody.',
  })
  @ApiNoContentResponse()
  erase(@CallingSubscriber() me: Subscriber): Promise<void> {
    return this.erasure.erase(me);
  }
}
