/** What breaks into most accounts is tried first by everybody who tries. */
const MOST_TRIED = new Set(
  `password password1 password12 password123 passw0rd p@ssw0rd 12345678 123456789 1234567890 0123456789 11111111 00000000
  88888888 87654321 987654321 qwertyui qwertyuiop qwerty123 1q2w3e4r 1qaz2wsx 1q2w3e4r5t asdfghjk asdfghjkl zxcvbnm1
  abcd1234 abc12345 abcdefgh iloveyou sunshine princess football baseball superman batman123 starwars welcome1 whatever
  trustno1 letmein1 computer internet michelle jennifer corvette maverick liverpool chocolate password! changeme
  administrator adminadmin admin123 rootroot testtest test1234 secret123 dragon123 monkey123 shadow123 master123`.split(
    /\s+/,
  ),
);

/**
 * Why a password is refused, or undefined. Length is what counts (OWASP ASVS 6.2); no mix of character classes is
 * asked for, but nothing that is tried first and nothing made of what everybody knows about the person.
 */
export function weaknessOf(password: string, person: { email: string; name: string }): string | undefined {
  const said = password.toLowerCase();
  if (new Set(said).size < 4) return 'It repeats the same few characters.';
  if (MOST_TRIED.has(said)) return 'It is one of the passwords that everybody tries first.';
  const mailbox = person.email.split('@')[0] ?? '';
  const known = [person.email, mailbox, person.name, `${person.name}123`, `${mailbox}123`];
  return known.some((text) => text.toLowerCase() === said)
    ? 'It is made of your name or address.'
    : undefined;
}
