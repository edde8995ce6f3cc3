import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button';
import { useCopying } from './copying';
import { Dialog } from './dialog';
import { Note } from './note';

/** A secret that is shown once: the dialog goes when it is told to, and not by a click beside it. */
export function SecretDialog({
  title,
  text,
  done,
  secret,
  onClose,
}: {
  title: string;
  text?: string;
  /** What the button says that ends it. */
  done?: string;
  secret: string;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const copy = useCopying();
  const shown = useRef<HTMLElement>(null);
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      alert
      sticky
      footer={
        <Button kind="primary" onPress={onClose}>
          {done ?? t('common.done')}
        </Button>
      }
    >
      <div className="stack">
        {text !== undefined && <p>{text}</p>}
        <div className="shown-once">
          <code
            ref={shown}
            className="secret"
            aria-label={t('common.secret')}
            role="textbox"
            aria-readonly
            tabIndex={0}
          >
            {secret}
          </code>
          <Button icon="copy" autoFocus onPress={() => void copy(secret, shown.current)}>
            {t('common.copy')}
          </Button>
        </div>
        <Note tone="warn">{t('common.secretOnce')}</Note>
      </div>
    </Dialog>
  );
}
