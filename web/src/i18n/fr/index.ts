import { admin } from './admin';
import { broadcasts } from './broadcasts';
import { calendar } from './calendar';
import { common } from './common';
import { composer } from './composer';
import { followers } from './followers';
import { imports } from './imports';
import { inbox } from './inbox';
import { people } from './people';
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
  broadcasts,
  composer,
  report,
  followers,
  settings,
  admin,
  imports,
  inbox,
  ...people,
};
