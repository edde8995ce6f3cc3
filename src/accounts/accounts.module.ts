import { Module } from '@nestjs/common';
import { AccountsController } from './accounts.controller';
import { Accounts } from './accounts.service';
import { AdminAccountsController } from './admin-accounts.controller';
import { MembersController } from './members.controller';
import { Members } from './members.service';

@Module({
  controllers: [AccountsController, AdminAccountsController, MembersController],
  providers: [Accounts, Members],
  exports: [Accounts],
})
export class AccountsModule {}
