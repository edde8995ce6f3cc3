import { admin } from './admin';
import { calendar } from './calendar';
import { common } from './common';
import { composer } from './composer';
import { followers } from './followers';
import { inbox } from './inbox';
import { problems } from './problems';
import { report } from './report';
import { session } from './session';
import { settings } from './settings';
import type { en } from '../en';

export const fr: typeof en = {
  common,
  problems,
  session,
  calendar,
  composer,
  report,
  followers,
  settings,
  admin,
  inbox,
};
