import { useTranslation } from 'react-i18next';
import { toasts } from './toast';

/**
 * Copies a text and says so. Browsers keep the clipboard to secure pages, which a console at home may not be, and to people
 * who allow it: then what is shown is marked, and who cannot copy it that way either is told to do it by hand.
 * What it gives answers whether it was copied.
 */
export function useCopying(): (text: string, shown?: HTMLElement | null) => Promise<boolean> {
  const { t } = useTranslation();
  return async (text, shown) => {
    const isCopied = await copied(text, shown);
    if (isCopied) toasts.good(t('common.copied'));
    else toasts.bad(t('common.copyByHand'));
    return isCopied;
  };
}

async function copied(text: string, shown: HTMLElement | null | undefined): Promise<boolean> {
  try {
    if (isSecureContext) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // Not allowed: the other way may be.
  }
  if (!shown) return false;
  getSelection()?.selectAllChildren(shown);
  // The only way there is without the clipboard's own interface.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return document.execCommand('copy');
}
