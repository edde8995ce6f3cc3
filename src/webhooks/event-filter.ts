import { EVENT_TYPES, EVENT_WILDCARDS } from '../events/event-type';

/** What an account's endpoint can ask for. */
export const ACCOUNT_FILTERS: readonly string[] = [...EVENT_TYPES, ...EVENT_WILDCARDS];

/** What only the operator's gateway gets, and only when its endpoint asks for it by name. */
export const PUSH_BATCH = 'push.batch';

/** What the platform's endpoint can ask for. */
export const PLATFORM_FILTERS: readonly string[] = [...ACCOUNT_FILTERS, PUSH_BATCH];

/** What a test sends. */
export const TEST_EVENT = 'webhook.test';
