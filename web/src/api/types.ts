import type { components } from './schema';

/** The shapes of the API by their short names: `Shape<'BroadcastView'>`. */
export type Shape<Name extends keyof components['schemas']> = components['schemas'][Name];

export type Account = Shape<'AccountView'>;
export type Broadcast = Shape<'BroadcastView'>;
/** As lists hand it out: articles without their bodies. */
export type ListedBroadcast = Shape<'ListedBroadcastView'>;
export type Content = Broadcast['content'];
export type QuotaPeriod = Shape<'QuotaPeriodView'>;
export type Problem = Shape<'Problem'>;
