const HANDLE = /^[a-z0-9][a-z0-9_-]{1,28}[a-z0-9]$/;

export function isHandle(text: string): boolean {
  return HANDLE.test(text);
}

/** What a name would make as a handle: "Café de la Paix" is cafe-de-la-paix. Empty where no letter of it can be kept. */
export function handleFrom(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 30)
    .replace(/^-+|-+$/g, '');
}
