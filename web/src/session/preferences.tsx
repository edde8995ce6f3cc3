import { useTranslation } from 'react-i18next';
import { chooseLanguage, currentLanguage } from '../i18n';
import { LANGUAGE_NAMES, LANGUAGES } from '../i18n/language';
import { IconButton } from '../ui/button';
import type { IconName } from '../ui/icon';
import { Menu, type ActionGroup } from '../ui/menu';
import { chosenTheme, chooseTheme, THEMES, useTheme, type Theme } from '../ui/theme';

const THEME_ICONS: Readonly<Record<Theme, IconName>> = { system: 'monitor', light: 'sun', dark: 'moon' };

export function useLanguages(): ActionGroup {
  const { t } = useTranslation();
  return {
    title: t('session.language'),
    actions: LANGUAGES.map((language) => ({
      id: `language-${language}`,
      label: LANGUAGE_NAMES[language],
      isCurrent: language === currentLanguage(),
      onAction: () => void chooseLanguage(language),
    })),
  };
}

export function useThemes(): ActionGroup {
  const { t } = useTranslation();
  useTheme();
  return {
    title: t('session.theme'),
    actions: THEMES.map((theme) => ({
      id: `theme-${theme}`,
      label: t(`session.themes.${theme}`),
      icon: THEME_ICONS[theme],
      isCurrent: theme === chosenTheme(),
      onAction: () => chooseTheme(theme),
    })),
  };
}

export function LanguageMenu() {
  const { title, actions } = useLanguages();
  return <Menu label={title} trigger={<IconButton icon="language" label={title} />} actions={actions} />;
}

export function AppearanceMenu() {
  const { title, actions } = useThemes();
  return (
    <Menu
      label={title}
      trigger={<IconButton icon={THEME_ICONS[chosenTheme()]} label={title} />}
      actions={actions}
    />
  );
}
