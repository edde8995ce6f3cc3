import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { Confirm } from '../ui/dialog';
import type { Reach } from './use-reach';

/** Before it goes out to everybody at once. */
export function PublishQuestion({
  reach: { count },
  onClose,
  onPublish,
}: {
  reach: Reach;
  onClose: () => void;
  onPublish: () => Promise<void>;
}) {
  const { t } = useTranslation();
  const { number } = useFormat();
  return (
    <Confirm
      title={t('composer.publishTitle')}
      action={t('composer.publishNow')}
      isOpen
      onClose={onClose}
      onConfirm={onPublish}
    >
      <p>
        {count === undefined
          ? t('composer.publishTextUncounted')
          : t('composer.publishText', { count, amount: number(count) })}
      </p>
    </Confirm>
  );
}

/** Before what was typed is let go. */
export function DiscardQuestion({ onClose, onDiscard }: { onClose: () => void; onDiscard: () => void }) {
  const { t } = useTranslation();
  return (
    <Confirm
      title={t('composer.discardTitle')}
      action={t('composer.discard')}
      danger
      isOpen
      onClose={onClose}
      onConfirm={() => {
        onDiscard();
        return Promise.resolve();
      }}
    >
      <p>{t('composer.discardText')}</p>
    </Confirm>
  );
}
