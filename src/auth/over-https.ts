interface Received {
  readonly protocol: string;
  readonly headers: { readonly origin?: string };
}

/** Also behind a proxy that speaks https and does not say so: the browser does, by the origin of its page. */
export function isOverHttps({ protocol, headers }: Received): boolean {
  return protocol === 'https' || (headers.origin ?? '').startsWith('https:');
}
