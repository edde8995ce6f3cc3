/** Subscribers' ids as somebody lists them: with commas, spaces or a line each. */
export function idsIn(text: string): string[] {
  return [...new Set(text.split(/[\s,;，；、]+/).filter((id) => id !== ''))];
}
