import fc from 'fast-check';
import { DomainError } from '../errors/domain-error';
import { assertVersion } from '../errors/version';
import { optionalVersion, requiredVersion } from './etag';

const codeOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'none';
};

describe('If-Match', () => {
  it.each<[string, readonly number[] | undefined]>([
    ['"1"', [1]],
    ['W/"1"', [1]],
    ['  "1"  ', [1]],
    ['"1", "2"', [1, 2]],
    ['"1","2"', [1, 2]],
    ['W/"1" ,\t"2"', [1, 2]],
    [', "1",, "2" ,', [1, 2]],
    ['"1-gzip"', [1]],
    ['"1;gzip"', [1]],
    ['"1--gzip"', [1]],
    ['W/"1-br"', [1]],
    ['"1-zstd"', [1]],
    ['*', undefined],
    [' * ', undefined],
    ['"of,another,server", "7"', [7]],
    ['"abc"', []],
    ['""', []],
    ['"-1"', []],
    ['"1.0"', []],
    ['"1-gzipped"', []],
    ['"99999999999"', []],
  ])('%j names the versions %j', (header, versions) => {
    expect(requiredVersion(header)).toEqual(versions);
  });

  it.each([
    '1',
    '"1',
    '1"',
    '"1" "2"',
    'w/"1"',
    'W/1',
    'W/ "1"',
    '*, "1"',
    '"1", *',
    '**',
    ',',
    '"a"b',
    "'1'",
    '"1";"2"',
  ])('%s is malformed: 400', (header) => {
    expect(codeOf(() => requiredVersion(header))).toBe('invalid-request');
    expect(codeOf(() => optionalVersion(header))).toBe('invalid-request');
  });

  it('may be left out only where it is optional', () => {
    for (const header of [undefined, '', ' ']) {
      expect(codeOf(() => requiredVersion(header))).toBe('precondition-required');
      expect(optionalVersion(header)).toBeUndefined();
    }
  });

  it('finds the current version among any, however they are written', () => {
    const version = fc.integer({ min: 1, max: 999_999_999 });
    const spaces = fc.stringMatching(/^[ \t]{0,3}$/);
    const written = fc.record({
      version,
      weak: fc.boolean(),
      suffix: fc.constantFrom('', '-gzip', ';gzip', '-br', '--gzip'),
      before: spaces,
      after: spaces,
    });
    const lists = fc.array(written, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(lists, version, (items, current) => {
        const header = items
          .map(
            ({ version, weak, suffix, before, after }) =>
              `${before}${weak ? 'W/' : ''}"${version}${suffix}"${after}`,
          )
          .join(',');
        const isNamed = items.some((item) => item.version === current);
        const expected = requiredVersion(header);
        expect(expected).toEqual(items.map((item) => item.version));
        expect(
          codeOf(() => {
            assertVersion(current, expected);
          }),
        ).toBe(isNamed ? 'none' : 'version-conflict');
        expect(
          codeOf(() => {
            assertVersion(items[0]?.version ?? 0, expected);
          }),
        ).toBe('none');
      }),
    );
  });

  it('is read or refused in words, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (header) => {
        expect(['none', 'invalid-request', 'precondition-required']).toContain(
          codeOf(() => requiredVersion(header)),
        );
      }),
    );
  });
});
