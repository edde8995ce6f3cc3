import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Shape } from '../api/types';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/choices';
import { Dialog } from '../ui/dialog';
import { ProblemNote } from '../ui/problem-note';
import { SearchField } from '../ui/text-field';
import { toasts } from '../ui/toast';
import { changeOf } from './tagging';
import { useTagging, type Tag } from './use-tags';

/** From how many tags on it is quicker to type than to look. */
const MANY = 9;

/** Which tags somebody holds. */
export function TagsDialog({
  follower: { subscriber: name, tags: held },
  tags,
  onClose,
}: {
  follower: Shape<'FollowerView'>;
  tags: readonly Tag[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { give, take, readAgain } = useTagging();
  const before = held.map(({ id }) => id);
  const [wanted, setWanted] = useState<readonly string[]>(before);
  const [sought, setSought] = useState('');
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const shown = tags.filter((tag) => tag.name.toLowerCase().includes(sought.trim().toLowerCase()));
  const save = async () => {
    setPending(true);
    setError(undefined);
    const change = changeOf(before, wanted);
    try {
      for (const id of change.give) await give(id, name);
      for (const id of change.take) await take(id, name);
      toasts.good(t('followers.tagsSaved', { name }));
      onClose();
    } catch (problem) {
      setError(problem);
      setPending(false);
    } finally {
      await readAgain();
    }
  };
  return (
    <Dialog
      title={t('followers.tagsOf', { name })}
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" pending={isPending} onPress={() => void save()}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <div className="stack">
        {tags.length === 0 && <p className="soft">{t('followers.noTagsYet')}</p>}
        {tags.length >= MANY && (
          <SearchField label={t('followers.findTag')} value={sought} onChange={setSought} />
        )}
        {tags.length > 0 && shown.length === 0 && <p className="soft">{t('common.noMatch')}</p>}
        {shown.map(({ id, name: words }) => (
          <Checkbox
            key={id}
            isSelected={wanted.includes(id)}
            onChange={(isWanted) =>
              setWanted(isWanted ? [...wanted, id] : wanted.filter((other) => other !== id))
            }
          >
            {words}
          </Checkbox>
        ))}
        {error !== undefined && <ProblemNote error={error} />}
      </div>
    </Dialog>
  );
}
