import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { idsIn } from '../api/ids';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { ProblemNote } from '../ui/problem-note';
import { TextField } from '../ui/text-field';
import { toasts } from '../ui/toast';

/** Shows it to a few named subscribers before it goes out to all. */
export function PreviewDialog({
  accountId,
  save,
  onClose,
}: {
  accountId: string;
  /** Saves what is written first, so that they see that; its id. */
  save: () => Promise<string>;
  onClose: (broadcastId: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const [names, setNames] = useState('');
  const [error, setError] = useState<unknown>();
  const [isPending, setPending] = useState(false);
  const [saved, setSaved] = useState<string>();
  const { mutateAsync: show } = api.useMutation(
    'post',
    '/v1/accounts/{accountId}/broadcasts/{broadcastId}/preview',
    {
      meta: { shown: 'by-page' },
    },
  );
  const subscribers = idsIn(names);
  const send = async () => {
    setPending(true);
    setError(undefined);
    try {
      const broadcastId = saved ?? (await save());
      setSaved(broadcastId);
      const { previewed, remainingToday } = await show({
        params: { path: { accountId, broadcastId } },
        body: { subscribers },
      });
      toasts.good(t('composer.previewed', { count: previewed, left: remainingToday }));
      onClose(broadcastId);
    } catch (problem) {
      setError(problem);
    } finally {
      setPending(false);
    }
  };
  const close = () => {
    onClose(saved);
  };
  return (
    <Dialog
      title={t('composer.showTo')}
      isOpen
      onClose={close}
      size="small"
      footer={
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          <Button
            kind="primary"
            isDisabled={subscribers.length === 0}
            pending={isPending}
            onPress={() => void send()}
          >
            {t('composer.show')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p className="soft">{t('composer.showToHelp')}</p>
        <TextField
          label={t('composer.subscribers')}
          description={t('composer.subscribersHelp')}
          isRequired
          lines={3}
          value={names}
          onChange={setNames}
        />
        {error !== undefined && <ProblemNote error={error} />}
      </div>
    </Dialog>
  );
}
