import type { AccountType } from './calendar';

/** What somebody asks of the platform, in full. Accounts and people are numbered, broadcasts go by their ids. */

export type ScheduleRequest = { readonly at: string } | { readonly now: true } | { readonly queue: true };

export type Act =
  | CreateAct
  | ScheduleAct
  | EditAct
  | GrantAct
  | ChangeAct
  | { readonly do: 'cancel' | 'recall' | 'discard'; readonly account: number; readonly broadcast: string }
  | { readonly do: 'follow' | 'unfollow'; readonly account: number; readonly person: number }
  | { readonly do: 'suspend' | 'resume' | 'close'; readonly account: number }
  | { readonly do: 'tick' };

export interface CreateAct {
  readonly do: 'create';
  readonly account: number;
  readonly text: string;
  readonly schedule?: ScheduleRequest;
  /** Of Idempotency-Key. */
  readonly key?: string;
}

export interface ScheduleAct {
  readonly do: 'schedule';
  readonly account: number;
  readonly broadcast: string;
  readonly schedule: ScheduleRequest;
}

export interface EditAct {
  readonly do: 'edit';
  readonly account: number;
  readonly broadcast: string;
  readonly text: string;
  /** Of If-Match. */
  readonly match?: string;
}

export interface GrantAct {
  readonly do: 'grant';
  readonly account: number;
  readonly period: string;
  readonly slots: number;
}

export interface ChangeAct {
  readonly do: 'change';
  readonly account: number;
  readonly type?: AccountType;
  readonly timeZone?: string;
}
