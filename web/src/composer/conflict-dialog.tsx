import { useTranslation } from 'react-i18next';
import type { Broadcast } from '../api/types';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { changesOf, type Change } from './conflict';
import type { Draft } from './draft';
import { workOf } from './work';

/** Somebody else was faster: what they changed, beside what stands here, and which of the two is to hold. */
export function ConflictDialog({
  draft,
  theirs,
  onKeepMine,
  onTakeTheirs,
  onClose,
}: {
  draft: Draft;
  theirs: Broadcast;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const changes = draft.base ? changesOf(draft.base.work, workOf(theirs), draft.work) : [];
  return (
    <Dialog
      title={t('composer.conflictTitle')}
      isOpen
      onClose={onClose}
      size="large"
      footer={
        <>
          <Button onPress={onTakeTheirs}>{t('composer.takeTheirs')}</Button>
          <Button kind="primary" onPress={onKeepMine}>
            {t('composer.keepMine')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{t('composer.conflictText')}</p>
        {changes.length === 0 && <p className="soft">{t('composer.conflictTimeOnly')}</p>}
        {changes.map((change) => (
          <section key={`${change.part} ${String(change.article)}`} className="conflict">
            <h3>
              {change.article !== undefined && `${t('composer.articleNumber', { number: change.article })}: `}
              {t(`composer.parts.${change.part}`)}
            </h3>
            <div className="pair">
              <Side title={t('composer.theirs')} change={change} words={change.theirs} />
              <Side title={t('composer.mine')} change={change} words={change.mine} />
            </div>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function Side({ title, change, words }: { title: string; change: Change; words: string }) {
  const { t } = useTranslation();
  const said =
    change.part === 'audience'
      ? t(words === '' ? 'composer.everyone' : 'composer.byTags')
      : change.part === 'kind'
        ? t(`common.contentKind.${words as 'text'}`)
        : words;
  return (
    <div className="side">
      <span className="soft small">{title}</span>
      <p>{said === '' ? <span className="soft">{t('composer.nothing')}</span> : said}</p>
    </div>
  );
}
