import { useSyncExternalStore } from 'react';
import { deviceStorage } from '../storage';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEPT = 'fanfare.theme';
const listeners = new Set<() => void>();
const system = matchMedia('(prefers-color-scheme: dark)');
system.addEventListener('change', tell);

/** As the person has chosen; `system` follows the device. */
export function chosenTheme(): Theme {
  const kept = deviceStorage.getItem(KEPT);
  return THEMES.find((theme) => theme === kept) ?? 'system';
}

export function chooseTheme(theme: Theme): void {
  deviceStorage.setItem(KEPT, theme);
  showTheme();
  tell();
}

/** At the start, before anything is drawn. */
export function showTheme(): void {
  const theme = chosenTheme();
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** What was chosen and what it comes to, for whatever is drawn by hand. */
export function useTheme(): `${Theme} ${'light' | 'dark'}` {
  return useSyncExternalStore(subscribe, shownTheme);
}

function shownTheme(): `${Theme} ${'light' | 'dark'}` {
  const theme = chosenTheme();
  const isDark = theme === 'dark' || (theme === 'system' && system.matches);
  return `${theme} ${isDark ? 'dark' : 'light'}`;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}
