/** Subscribers' ids as somebody lists them: with commas, spaces or a line each. */
export function namesIn(text: string): string[] {
  return [...new Set(text.split(/[\s,;，；、]+/).filter((name) => name !== ''))];
}
