import { common } from './common';
import { inbox } from './inbox';
import { problems } from './problems';
import { session } from './session';

/** What the inbox says: whoever only reads need not wait for the words of the console. */
export const enForInbox = { common, problems, session, inbox };
