import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ForAccount } from '../auth/access.decorator';
import { ShownCount, ShownInstant } from '../http/answers';
import { AudienceSizes } from './audience-size.service';
import { AudienceDto } from './broadcasts.dto';

export class AudienceSizeView {
  @ShownCount({ description: 'Followers whom a broadcast would reach if it went out at that instant.' })
  readonly recipients!: number;
  @ShownInstant() readonly asOf!: string;
}

@ApiTags('Broadcasts')
@Controller('accounts/:accountId/audience')
export class AudienceSizeController {
  constructor(private readonly sizes: AudienceSizes) {}

  /** A POST that changes nothing: an audience of a hundred tags has no place in an address. */
  @Post()
  @HttpCode(200)
  @ForAccount('viewer')
  @ApiOperation({ summary: 'How many followers an audience has at this moment, counted exactly' })
  @ApiOkResponse({ type: AudienceSizeView })
  size(@Param('accountId') accountId: string, @Body() audience: AudienceDto): Promise<AudienceSizeView> {
    return this.sizes.of(accountId, audience);
  }
}
