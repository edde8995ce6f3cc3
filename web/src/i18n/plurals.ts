/** French says whole millions in a form of their own ("un million de …"), for which the common plural is good enough. */
export function withManyForms<T extends object>(words: T): T {
  const all = Object.entries(words).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === 'object' && value !== null) return [[key, withManyForms(value)]];
    const many = key.replace(/_other$/, '_many');
    return key.endsWith('_other') && !(many in words)
      ? [
          [key, value],
          [many, value],
        ]
      : [[key, value]];
  });
  return Object.fromEntries(all) as T;
}
