import { getMetadataStorage } from 'class-validator';
import '../app.module';

interface Check {
  readonly propertyName: string;
  readonly name?: string;
}

/** Every text that a request may hold, with its checks, as `Class.field`. */
function texts(): Map<string, ReadonlySet<string>> {
  const { validationMetadatas } = getMetadataStorage() as unknown as {
    validationMetadatas: ReadonlyMap<{ readonly name: string }, readonly Check[]>;
  };
  const all = new Map<string, Set<string>>();
  for (const [{ name: target }, checks] of validationMetadatas) {
    for (const { propertyName, name = '' } of checks) {
      const field = `${target}.${propertyName}`;
      all.set(field, (all.get(field) ?? new Set()).add(name));
    }
  }
  return new Map([...all].filter(([, checks]) => checks.has('isLength')));
}

/** What is read by programs, is a secret, or names something that is there already. */
const NOT_FOR_READERS = [
  ...['url', 'coverUrl', 'sourceUrl', 'avatarUrl', 'endpoint', 'email', 'timeZone', 'postingTimes'],
  ...['password', 'current', 'code', 'sub', 'subscribers', 'people', 'any', 'all', 'none'],
];

describe('every text that a body may hold', () => {
  it('is a name, prose, of a fixed form, or known not to be for readers', () => {
    const free = [...texts()].flatMap(([field, checks]) => {
      const [target = '', name = ''] = field.split('.');
      const isBound = ['name', 'visible', 'matches'].some((check) => checks.has(check));
      return isBound || target.endsWith('Query') || NOT_FOR_READERS.includes(name) ? [] : [field];
    });
    expect(free).toEqual([]);
    expect(texts().size).toBeGreaterThan(50);
  });
});
