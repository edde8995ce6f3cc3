import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/access.decorator';
import type { Page } from '../http/page';
import { ApiPage } from '../http/page.dto';
import { DirectoryEntry, DirectoryQuery } from './directory.dto';
import { Directory } from './directory.service';

@ApiTags('Directory')
@Public()
@Controller('directory')
export class DirectoryController {
  constructor(private readonly directory: Directory) {}

  @Get()
  @ApiOperation({ summary: 'The active brands, by handle' })
  @ApiPage(DirectoryEntry)
  search(@Query() query: DirectoryQuery): Promise<Page<DirectoryEntry>> {
    return this.directory.search(query);
  }

  @Get(':handle')
  @ApiOperation({ summary: 'One active brand' })
  @ApiOkResponse({ type: DirectoryEntry })
  get(@Param('handle') handle: string): Promise<DirectoryEntry> {
    return this.directory.get(handle);
  }
}
