import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, Suspense, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { createQueryClient } from './api/query-client';
import { currentLocale, startTranslating } from './i18n';
import { installTrustedTypes } from './trusted-types';
import { Crash } from './ui/crash';
import { showTheme } from './ui/theme';
import { Skeleton } from './ui/skeleton';
import { Toasts, toasts } from './ui/toast';
import './ui/tokens.css';
import './ui/parts.css';
import './ui/fields.css';
import './ui/overlays.css';

const queries = createQueryClient((error) => toasts.problem(error));

/** Everything that a page may count on, around the pages of one entry. */
export async function start(
  pages: ReactNode,
  english: Parameters<typeof startTranslating>[0],
): Promise<void> {
  showTheme();
  installTrustedTypes();
  await startTranslating(english);
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <Providers>{pages}</Providers>
      </QueryClientProvider>
    </StrictMode>,
  );
}

function Providers({ children }: { children: ReactNode }) {
  useTranslation(); // so that the locale below follows the language
  const [, navigate] = useLocation();
  return (
    <I18nProvider locale={currentLocale()}>
      <RouterProvider navigate={navigate}>
        <Crash>
          <Suspense fallback={<Skeleton kind="cards" />}>{children}</Suspense>
        </Crash>
        <Toasts />
      </RouterProvider>
    </I18nProvider>
  );
}
