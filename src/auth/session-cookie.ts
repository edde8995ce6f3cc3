/**
 * The cookie that carries a log-in token for our own pages, where scripts cannot read it. Over https its name has the
 * prefix by which browsers see to it that no other host and no plain connection has set it.
 */
const NAME = 'fanfare_session';
const NAME_OVER_HTTPS = `__Host-${NAME}`;

/**
 * The token in a request's `Cookie` header. Over https only the name with the prefix counts, since a neighbouring host can
 * plant the other. Of two cookies of one name the first counts: browsers send the one with the longer path first, and
 * that is ours.
 */
export function readSessionCookie(header: string | undefined, overHttps: boolean): string | undefined {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? '').split(';')) {
    const [name = '', ...value] = pair.split('=');
    if (!cookies.has(name.trim())) cookies.set(name.trim(), value.join('=').trim());
  }
  const withPrefix = cookies.get(NAME_OVER_HTTPS);
  const token = overHttps ? withPrefix : (withPrefix ?? cookies.get(NAME));
  return token === '' ? undefined : token;
}

export function sessionCookie(token: string, expiresAt: string, overHttps: boolean): string {
  return cookie(overHttps, token, new Date(expiresAt));
}

/** Takes it away, under whichever name it was set. */
export function noSessionCookies(overHttps: boolean): string[] {
  const past = new Date(0);
  return overHttps ? [cookie(true, '', past), cookie(false, '', past)] : [cookie(false, '', past)];
}

function cookie(overHttps: boolean, token: string, expires: Date): string {
  const place = overHttps
    ? [`${NAME_OVER_HTTPS}=${token}`, 'Path=/', 'Secure']
    : [`${NAME}=${token}`, 'Path=/v1'];
  return [...place, `Expires=${expires.toUTCString()}`, 'HttpOnly', 'SameSite=Strict'].join('; ');
}
