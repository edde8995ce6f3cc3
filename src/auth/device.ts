/** Longest text that the database keeps of a device. */
const MAX_LENGTH = 100;

/** Browsers name those that they are like as well: the first that fits counts. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:HeadlessChrome|Chrome|CriOS)\//, 'Chrome'],
  [/\bVersion\/\S+ .*\bSafari\//, 'Safari'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:iPhone|iPod)\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/**
 * What a person recognises a session by: "Firefox on Windows" for a browser, the name of the program for another client.
 * The header is anybody's to write, so what is kept is short and printable.
 */
export function deviceOf(userAgent: string | undefined): string {
  const text = (userAgent ?? '').replace(/[^\x20-\x7e]/g, '').trim();
  const browser = nameIn(BROWSERS, text);
  const system = nameIn(SYSTEMS, text);
  if (browser !== undefined) return system === undefined ? browser : `${browser} on ${system}`;
  return (text.split(' ')[0] ?? '').slice(0, MAX_LENGTH) || 'Unknown';
}

function nameIn(list: readonly (readonly [RegExp, string])[], text: string): string | undefined {
  // A header is at most some kilobytes long, and a browser's far shorter.
  const start = text.slice(0, 512);
  return list.find(([form]) => form.test(start))?.[1];
}
