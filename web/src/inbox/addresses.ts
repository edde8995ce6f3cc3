/** Where the pages of the inbox are. */
export const PLACES = {
  inbox: '/inbox',
  folder: '/inbox/subscriptions',
  directory: '/inbox/brands',
} as const;

/** `/inbox/t/…`: notifications lead there, too. */
export function threadPath(accountId: string): string {
  return `/inbox/t/${accountId}`;
}

export function articlePath(accountId: string, broadcastId: string, index: number): string {
  return `${threadPath(accountId)}/${broadcastId}/${String(index)}`;
}

export function brandPath(handle: string): string {
  return `${PLACES.directory}/${encodeURIComponent(handle)}`;
}

/** On a phone there is room for one: the lists, or what has been opened. */
export function isList(path: string): boolean {
  return !isDetail(path);
}

/** An address that means nothing shows the lists, from which every thread can be reached. */
function isDetail(path: string): boolean {
  return /^\/inbox\/(t\/[^/]+(\/[^/]+\/\d+)?|brands(\/[^/]+)?)\/?$/.test(path);
}

/** The thread that is open at a path, alone or behind an article. */
export function threadIn(path: string): string | undefined {
  return /^\/inbox\/t\/([^/]+)/.exec(path)?.[1];
}
