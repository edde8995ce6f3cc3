import { enForInbox } from './i18n/en/for-inbox';
import InboxPage from './inbox/inbox-page';
import { start } from './start';

void start(<InboxPage />, enForInbox);
