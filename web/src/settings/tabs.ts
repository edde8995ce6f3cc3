import type { Role } from '../session/session';

export type TabId = 'profile' | 'times' | 'members' | 'keys' | 'webhooks' | 'quota' | 'close';

/** Which role a tab has something for. Keys are secrets, and so can be the address of a webhook. */
const TABS: readonly (readonly [TabId, Role])[] = [
  ['profile', 'viewer'],
  ['times', 'viewer'],
  ['members', 'viewer'],
  ['keys', 'owner'],
  ['webhooks', 'editor'],
  ['quota', 'viewer'],
  ['close', 'owner'],
];

/** The tabs that are offered, in order. What is closed for ever cannot be closed again. */
export function tabsFor(may: (role: Role) => boolean, isClosed: boolean): readonly TabId[] {
  return TABS.filter(([id, role]) => may(role) && !(isClosed && id === 'close')).map(([id]) => id);
}

/** The tab of an address; the first one where it names none that is offered. */
export function tabNamed(name: string | undefined, offered: readonly TabId[]): TabId {
  return offered.find((id) => id === name) ?? 'profile';
}
