import type { EventType } from './event-type';

/** Something that happened. */
export interface NewEvent {
  readonly type: EventType;
  /** Null for what concerns the platform alone. */
  readonly accountId: string | null;
  /** Goes out as it stands: less than 20 kB as JSON, and nothing that the account's owners may not know. */
  readonly data: object;
  /** The person that the event is about, if it is about one: the event is deleted when they are. */
  readonly subscriberId?: string;
}
