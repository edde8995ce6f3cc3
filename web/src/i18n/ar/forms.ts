type Form = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';

/** Arabic counts in six forms: none, one, two, three to ten, eleven to ninety-nine, and the hundreds. */
export function counted<Key extends string>(
  key: Key,
  words: Readonly<Record<Form, string>>,
): Record<`${Key}_${Form}`, string> {
  const entries = Object.entries(words).map(([form, text]) => [`${key}_${form}`, text]);
  return Object.fromEntries(entries) as Record<`${Key}_${Form}`, string>;
}

/** Where the sentence stays as it is, whatever the number. */
export function same<Key extends string>(key: Key, text: string): Record<`${Key}_${Form}`, string> {
  return counted(key, { zero: text, one: text, two: text, few: text, many: text, other: text });
}
