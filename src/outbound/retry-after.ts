/** Seconds that a Retry-After header asks for: a number of them, or a date (RFC 9110, 10.2.3); undefined for nonsense. */
export function retryAfterOf(header: string | readonly string[] | undefined, now: Date): number | undefined {
  const text = typeof header === 'string' ? header : header?.[0];
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  // Left to itself, Date.parse makes a date of nearly any number.
  const date = /^[a-z]{3,9},? /i.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now.getTime()) / 1000));
}
