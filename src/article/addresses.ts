/** Where an address leads: to a place that people's devices may open, to nowhere, or to where only its writer knows. */
export type Address = { readonly url: string } | 'none' | 'relative' | 'unshowable';

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/** An address as browsers read it: without the white space and control characters that they leave out. */
function tidy(address: string): string {
  return address
    .replace(/[\t\n\r]/g, '')
    .replace(/^[\s\p{Cc}]+/u, '')
    .trim();
}

/** The address as it can be opened from anywhere; a relative one is read from where the article was published first. */
export function addressOf(written: string, schemes: readonly string[], source: string | undefined): Address {
  const address = tidy(written);
  if (address === '') return 'none';
  if (address.startsWith('//')) return addressOf(`https:${address}`, schemes, source);
  if (/^www\./i.test(address)) return addressOf(`https://${address}`, schemes, source);
  if (SCHEME.test(address))
    return schemes.some((scheme) => canOpen(address, scheme)) ? { url: address } : 'unshowable';
  if (source === undefined || !URL.canParse(address, source)) return 'relative';
  return { url: new URL(address, source).href };
}

function canOpen(address: string, scheme: string): boolean {
  return URL.canParse(address) && new URL(address).protocol === `${scheme}:`;
}

/** The start of an address, for a message. */
export function shortened(address: string): string {
  const text = tidy(address);
  return text.length > 40 ? `${[...text].slice(0, 39).join('')}…` : text;
}
