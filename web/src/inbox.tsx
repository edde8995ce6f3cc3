import InboxPage from './inbox/inbox-page';
import { start } from './start';

void start(<InboxPage />);
