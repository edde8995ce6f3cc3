import { Module } from '@nestjs/common';
import { AccountKeysController } from './account-keys.controller';
import { AccountKeys } from './account-keys.service';
import { AccountsController } from './accounts.controller';
import { Accounts } from './accounts.service';
import { AdminAccountsController } from './admin-accounts.controller';
import { InvitationsController, JoiningController } from './invitations.controller';
import { Invitations } from './invitations.service';
import { Joining } from './joining.service';
import { MembersController } from './members.controller';
import { Members } from './members.service';
import { ProfileChangesController } from './profile-changes.controller';
import { ProfileChanges } from './profile-changes.service';

@Module({
  controllers: [
    AccountsController,
    AdminAccountsController,
    ProfileChangesController,
    MembersController,
    InvitationsController,
    JoiningController,
    AccountKeysController,
  ],
  providers: [Accounts, Members, Invitations, Joining, AccountKeys, ProfileChanges],
  exports: [Accounts, Invitations],
})
export class AccountsModule {}
