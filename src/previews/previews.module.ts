import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module';
import { AudienceModule } from '../audience/audience.module';
import { BroadcastsModule } from '../broadcasts/broadcasts.module';
import { AgreedPeople } from './agreed-people.service';
import { CodeAttempts } from './code-attempts.service';
import { PreviewCodes } from './preview-codes.service';
import { PreviewPeopleController } from './preview-people.controller';
import { PreviewPeople } from './preview-people.service';
import { PreviewersController } from './previewers.controller';
import { Previewers } from './previewers.service';
import { PreviewsController } from './previews.controller';
import { Previews } from './previews.service';

@Module({
  imports: [AccountsModule, AudienceModule, BroadcastsModule],
  controllers: [PreviewsController, PreviewPeopleController, PreviewersController],
  providers: [AgreedPeople, Previews, PreviewPeople, Previewers, PreviewCodes, CodeAttempts],
})
export class PreviewsModule {}
