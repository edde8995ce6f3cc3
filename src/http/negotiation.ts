import Negotiator from 'negotiator';

/**
 * The content type, of those that an operation has, that the caller wants most (RFC 9110, 12.5.1). Where none of them is
 * wanted the first one is sent all the same: an answer in another form is of more use than none.
 */
export function preferredType<T extends string>(
  accept: string | undefined,
  available: readonly [T, ...T[]],
): T {
  // Everything is UTF-8, so that which charset is wanted with a type makes no other type of it.
  const wanted = accept?.replace(/;\s*(?:charset|header)\s*=[^,;]*/gi, '');
  const negotiator = new Negotiator({ headers: { accept: wanted } });
  return (negotiator.mediaType([...available]) as T | undefined) ?? available[0];
}
