import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Note } from '../ui/note';
import { toasts } from '../ui/toast';

/** A secret that is shown once: the dialog goes when it is told to, and not by a click beside it. */
export function SecretDialog({
  title,
  text,
  secret,
  onClose,
}: {
  title: string;
  text?: string;
  secret: string;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const shown = useRef<HTMLElement>(null);
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      alert
      footer={
        <Button kind="primary" onPress={onClose}>
          {t('settings.done')}
        </Button>
      }
    >
      <div className="stack">
        {text !== undefined && <p>{text}</p>}
        <div className="secret">
          <code ref={shown} aria-label={t('settings.secret')} role="textbox" aria-readonly tabIndex={0}>
            {secret}
          </code>
          <Button
            icon="copy"
            autoFocus
            onPress={() => {
              void copy(secret, shown.current).then(() => toasts.good(t('common.copied')));
            }}
          >
            {t('common.copy')}
          </Button>
        </div>
        <Note tone="warn">{t('settings.secretOnce')}</Note>
      </div>
    </Dialog>
  );
}

/** Browsers keep the clipboard to secure pages, which a console at home may not be: there the words are marked, too. */
async function copy(text: string, shown: HTMLElement | null): Promise<void> {
  if (window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  if (shown) getSelection()?.selectAllChildren(shown);
  // The only way there is without the clipboard's own interface.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  document.execCommand('copy');
}
