import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { en } from './en';
import { bestLanguage, directionOf, LANGUAGES, localeFor, type Language } from './language';
import { withManyForms } from './plurals';
import { deviceStorage } from '../storage';

declare module 'i18next' {
  interface CustomTypeOptions {
    readonly resources: { readonly translation: typeof en };
  }
}

const KEPT = 'fanfare.language';

/**
 * Words in the language that the person chose, or else their browser prefers. The others are fetched when wanted.
 * @param english those of the pages that are started, which come with them
 */
export async function startTranslating(english: Partial<typeof en>): Promise<i18n> {
  const language = bestLanguage(deviceStorage.getItem(KEPT), navigator.languages);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: english } },
    interpolation: { escapeValue: false }, // React does
  });
  await show(language);
  return i18next;
}

export async function chooseLanguage(language: Language): Promise<void> {
  deviceStorage.setItem(KEPT, language);
  await show(language);
}

export function currentLanguage(): Language {
  return LANGUAGES.find((language) => language === i18next.language) ?? 'en';
}

/** With the region that the browser names, for dates and numbers: en-GB, fr-CA. */
export function currentLocale(): string {
  return localeFor(currentLanguage(), navigator.languages);
}

async function show(language: Language): Promise<void> {
  if (language !== 'en' && !i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', withManyForms(await WORDS[language]()));
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = currentLocale().replace(/-u-.*/, '');
  document.documentElement.dir = directionOf(language);
}

const WORDS: Record<Exclude<Language, 'en'>, () => Promise<object>> = {
  fr: async () => (await import('./fr')).fr,
  zh: async () => (await import('./zh')).zh,
  ar: async () => (await import('./ar')).ar,
};
