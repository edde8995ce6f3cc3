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
});
