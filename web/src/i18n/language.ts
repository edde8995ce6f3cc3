export const LANGUAGES = ['en', 'fr', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each in its own words, so that somebody who reads no other finds it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  fr: 'Français',
  zh: '简体中文',
};

export function bestLanguage(kept: string | null, preferred: readonly string[]): Language {
  const wishes = [kept ?? '', ...preferred].map((tag) => tag.toLowerCase().split('-')[0]);
  const met = wishes.find((wish) => LANGUAGES.some((language) => language === wish));
  return (met as Language | undefined) ?? 'en';
}

export function localeFor(language: Language, preferred: readonly string[]): string {
  const regional = preferred.find((tag) => tag.toLowerCase().startsWith(`${language}-`));
  return regional ?? { en: 'en-US', fr: 'fr-FR', zh: 'zh-CN' }[language];
}
