import type { NeededRole } from '../auth/needed-role';
import type { AccountAct } from './account-status';

const OWNERS: NeededRole = { role: 'owner' };
const OWNERS_AND_ADMINS: NeededRole = { role: 'owner', adminToo: true };
const EDITORS: NeededRole = { role: 'editor' };
const ADMINS: NeededRole = { role: 'admin' };

/** Acts that change something of a brand's in its name, or on the platform's behalf. */
export type GovernedAct = Exclude<AccountAct, 'follow' | 'join'>;

/** Who may do what. The routes ask the same before the request is read; this is asked again where it is carried out. */
export const ROLE_NEEDED: Readonly<Record<GovernedAct, NeededRole>> = {
  'change-profile': OWNERS,
  'change-roles': OWNERS_AND_ADMINS,
  'remove-member': { role: 'viewer', adminToo: true },
  invite: OWNERS_AND_ADMINS,
  'revoke-invitation': OWNERS_AND_ADMINS,
  'create-key': OWNERS,
  'revoke-key': OWNERS,
  'write-drafts': EDITORS,
  schedule: EDITORS,
  cancel: EDITORS,
  recall: EDITORS,
  preview: EDITORS,
  'add-preview-person': EDITORS,
  'remove-preview-person': EDITORS,
  'manage-tags': EDITORS,
  'use-webhooks': OWNERS,
  'delete-webhook': OWNERS,
  'import-followers': ADMINS,
  'grant-slots': ADMINS,
};
