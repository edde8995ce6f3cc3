import { bestLanguage, localeFor } from './language';

describe('the language', () => {
  it.each([
    [null, ['de-AT', 'fr-CA', 'en'], 'fr'],
    ['zh', ['fr'], 'zh'],
    ['tlh', ['zh-Hant-TW'], 'zh'],
    [null, ['de'], 'en'],
  ])('with %p kept and a browser that asks for %p is %s', (kept, preferred, language) => {
    expect(bestLanguage(kept, preferred)).toBe(language);
  });

  it('takes the region from the browser', () => {
    expect(localeFor('fr', ['en-GB', 'fr-CA'])).toBe('fr-CA');
    expect(localeFor('en', ['fr-CA'])).toBe('en-US');
  });

  it('writes Arabic with the months by which quotas are counted, whatever the region is used to', () => {
    const date = new Intl.DateTimeFormat(localeFor('ar', ['ar-SA']), { dateStyle: 'long', timeZone: 'UTC' });
    expect(date.format(new Date('2026-12-03T08:30:00Z'))).toContain('2026');
  });
});
