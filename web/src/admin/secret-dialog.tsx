import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Note } from '../ui/note';
import { toasts } from '../ui/toast';

/** Shown once: the server keeps it, and does not tell it again. */
export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation();
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    toasts.good(t('common.copied'));
  };
  return (
    <Dialog
      title={t('admin.secret')}
      isOpen
      onClose={onClose}
      size="small"
      alert
      footer={
        <>
          <Button icon="copy" onPress={() => void copy().catch(() => toasts.bad(t('admin.copyByHand')))}>
            {t('common.copy')}
          </Button>
          <Button kind="primary" onPress={onClose}>
            {t('admin.secretKept')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <Note tone="warn">{t('admin.secretText')}</Note>
        <code className="secret">{secret}</code>
      </div>
    </Dialog>
  );
}
