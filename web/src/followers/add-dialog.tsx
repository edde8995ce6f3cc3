import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { idsIn } from '../api/ids';
import { useFormat } from '../i18n/use-format';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Note } from '../ui/note';
import { ProblemNote } from '../ui/problem-note';
import { TextField } from '../ui/text-field';
import { toasts } from '../ui/toast';
import { giveEach, type Given } from './tagging';
import { useTagging, type Tag } from './use-tags';

/** Gives a tag to people who are named. Whoever could not be given it stays in the field. */
export function AddDialog({ tag, onClose }: { tag: Tag; onClose: () => void }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { give, readAgain } = useTagging();
  const [names, setNames] = useState('');
  const [isPending, setPending] = useState(false);
  const [outcome, setOutcome] = useState<Given>();
  const people = idsIn(names);
  const add = async () => {
    setPending(true);
    const came = await giveEach(people, (person) => give(tag.id, person));
    await readAgain();
    setPending(false);
    if (came.given > 0) {
      toasts.good(t('followers.added', { count: came.given, amount: number(came.given), tag: tag.name }));
    }
    const remaining = [...came.strangers, ...came.left];
    if (remaining.length === 0) {
      onClose();
      return;
    }
    setNames(remaining.join('\n'));
    setOutcome(came);
  };
  const strangers = outcome?.strangers.length ?? 0;
  return (
    <Dialog
      title={t('followers.addTitle', { tag: tag.name })}
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onPress={onClose}>{t(outcome ? 'common.close' : 'common.cancel')}</Button>
          <Button
            kind="primary"
            isDisabled={people.length === 0}
            pending={isPending}
            onPress={() => void add()}
          >
            {t('followers.add')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p className="soft">{t('followers.addHelp')}</p>
        <TextField
          label={t('followers.subscribers')}
          description={t('followers.subscribersHelp')}
          isRequired
          lines={4}
          value={names}
          onChange={setNames}
          autoFocus
        />
        <div role="status">
          {strangers > 0 && (
            <Note tone="warn">
              {t('followers.strangers', { count: strangers, amount: number(strangers) })}
            </Note>
          )}
        </div>
        {outcome?.error !== undefined && <ProblemNote error={outcome.error} />}
      </div>
    </Dialog>
  );
}
