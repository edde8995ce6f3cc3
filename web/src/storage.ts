import { keepingIn } from './keeping';

/** The only place where the pages touch the browser's storage: it may be denied, and then they work all the same. */
export const deviceStorage = keepingIn(() => window.localStorage);

/** Of this tab, over a reload. */
export const tabStorage = keepingIn(() => window.sessionStorage);
