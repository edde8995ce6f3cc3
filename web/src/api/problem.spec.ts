import { PROBLEMS } from '../../../src/errors/problems';
import { en } from '../i18n/en';
import { formatsFor } from '../i18n/format';
import { isRefusal, refusalOf, refusedFields, wordsFor } from './problem';

const exhausted = {
  type: '/problems/quota-exhausted',
  title: 'The period has no free slot left',
  status: 409,
  detail: 'All 4 of 2026-11 are taken.',
  instance: 'urn:uuid:1',
  period: '2026-11',
  allowance: 4,
  nextAvailableAt: '2026-11-30T23:00:00.000Z',
};

const words = {
  say: (code: string, values: Readonly<Record<string, string>>) =>
    (en.problems as Record<string, string>)[code]?.replace(
      /\{\{(\w+)\}\}/g,
      (_, name: string) => values[name] ?? '?',
    ),
  formats: formatsFor('en-GB'),
  timeZone: 'Europe/Madrid',
};

describe('a refusal', () => {
  it('has words for every problem that the server knows', () => {
    expect(Object.keys(en.problems)).toEqual(expect.arrayContaining(Object.keys(PROBLEMS)));
  });

  it('is told with its facts, instants in the account’s own time', () => {
    expect(wordsFor(exhausted, words)).toBe(
      'All 4 slots of November 2026 are taken. Next free: 1 Dec 2026, 00:00.',
    );
    expect(wordsFor({ ...exhausted, nextAvailableAt: null }, words)).toContain('not within 400 days');
    expect(isRefusal(exhausted, 'quota-exhausted')).toBe(true);
  });

  it('speaks in the server’s words where it is newer than the page', () => {
    expect(wordsFor({ ...exhausted, type: '/problems/full-moon' }, words)).toBe(exhausted.detail);
  });

  it('of a broken connection says so', () => {
    expect(refusalOf(new TypeError('Failed to fetch')).code).toBe('offline');
    expect(refusalOf(undefined).code).toBe('offline');
    expect(refusalOf('<html>Bad gateway').code).toBe('offline');
  });

  it('names the fields', () => {
    const errors = [{ field: 'handle', message: 'handle must be 3 to 30 letters' }];
    expect(refusedFields({ ...exhausted, errors })).toEqual({ handle: 'handle must be 3 to 30 letters' });
    expect(refusedFields(exhausted)).toEqual({});
  });
});
