export const LANGUAGES = ['en', 'fr', 'zh', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each in its own words, so that somebody who reads no other finds it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  fr: 'Français',
  zh: '简体中文',
  ar: 'العربية',
};

export function bestLanguage(kept: string | null, preferred: readonly string[]): Language {
  const wishes = [kept ?? '', ...preferred].map((tag) => tag.toLowerCase().split('-')[0]);
  const met = wishes.find((wish) => LANGUAGES.some((language) => language === wish));
  return (met as Language | undefined) ?? 'en';
}

export function localeFor(language: Language, preferred: readonly string[]): string {
  const regional = preferred.find((tag) => tag.toLowerCase().startsWith(`${language}-`));
  const locale = regional ?? { en: 'en-US', fr: 'fr-FR', zh: 'zh-CN', ar: 'ar-EG' }[language];
  // Quotas are counted in Gregorian months, and figures inside of sentences are written with these digits.
  return language === 'ar' ? `${locale}-u-ca-gregory-nu-latn` : locale;
}

/** Which way the language is written. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}
