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
import type { Words } from '../words';

export const ar: Words<typeof en> = {
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
