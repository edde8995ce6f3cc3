/** The account that was looked at last, by its id; the first one where that is not the person's (any more). */
export function lastAccount(
  kept: string | null,
  accounts: readonly { accountId: string }[],
): string | undefined {
  return (accounts.find(({ accountId }) => accountId === kept) ?? accounts[0])?.accountId;
}

/** Where somebody begins who has just logged in. */
export function homeOf(
  kept: string | null,
  { accounts, user }: { accounts: readonly { accountId: string }[]; user: { role: string } },
): string {
  const accountId = lastAccount(kept, accounts);
  if (accountId !== undefined) return `/a/${accountId}/calendar`;
  return user.role === 'admin' ? '/admin/accounts' : '/register';
}

/** Only to a path of our own, whatever the address says. */
export function safeReturn(path: string | null): string {
  if (path === null || !path.startsWith('/') || !URL.canParse(path, OWN)) return '/';
  // As the browser will read it: it leaves out tabs and line breaks and turns backslashes, so that "/\t/x" is a host.
  const { origin, pathname, search, hash } = new URL(path, OWN);
  return origin === OWN && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : '/';
}

/** Stands for whichever origin the pages have. */
const OWN = 'http://own.invalid';
