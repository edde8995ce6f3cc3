import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { isRefusal } from '../api/problem';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { ProblemNote } from '../ui/problem-note';
import { toasts } from '../ui/toast';
import { AddPreviewPerson } from './add-preview-person';
import { PreviewPeople } from './preview-people';
import { usePreviewPeople } from './use-preview-people';

/** Shows it to a few people who agreed before it goes out to all. */
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
  const people = usePreviewPeople(accountId);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
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
  // Whoever has gone from the list meanwhile is not asked for.
  const named = people.list.items.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
  const send = async () => {
    setPending(true);
    setError(undefined);
    try {
      const broadcastId = saved ?? (await save());
      setSaved(broadcastId);
      const { previewed, remainingToday } = await show({
        params: { path: { accountId, broadcastId } },
        body: { people: named },
      });
      toasts.good(t('composer.previewed', { count: previewed, left: remainingToday }));
      onClose(broadcastId);
    } catch (problem) {
      if (isRefusal(problem, 'preview-not-agreed')) void people.refresh();
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
      footer={
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          <Button
            kind="primary"
            isDisabled={named.length === 0}
            pending={isPending}
            onPress={() => void send()}
          >
            {t('composer.show')}
          </Button>
        </>
      }
    >
      <div className="stack preview-people">
        <p className="soft">{t('composer.showToHelp')}</p>
        <PreviewPeople people={people} chosen={chosen} onChoose={setChosen} />
        <AddPreviewPerson people={people} onAdded={(id) => setChosen((before) => new Set([...before, id]))} />
        {error !== undefined && <ProblemNote error={error} />}
      </div>
    </Dialog>
  );
}
