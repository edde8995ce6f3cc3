/**
 * Whether the text names an IANA zone. Fixed offsets ("+08:00") are not taken: nobody lives in one, and they know no
 * summer. The spelling is kept as given, since Node would turn Asia/Kolkata into its older name.
 */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
