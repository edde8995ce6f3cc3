import { useTranslation } from 'react-i18next';
import { useList } from '../api/use-list';
import type { ListedBroadcast as Broadcast } from '../api/types';
import { LoadMore } from '../ui/load-more';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { Entry } from './agenda';
import { Chip } from './chip';

/** What has no time yet, beside the days that it can be dragged onto. */
export function DraftsTray({
  drafts,
  mayEdit,
  mayDrag,
  onOpen,
  onMove,
}: {
  drafts: Drafts;
  mayEdit: boolean;
  /** There are days on the screen onto which they can be dragged. */
  mayDrag: boolean;
  onOpen: (broadcast: Broadcast) => void;
  onMove: (broadcast: Broadcast) => void;
}) {
  const { t } = useTranslation();
  return (
    <section className="drafts" aria-label={t('calendar.drafts')}>
      <header>
        <h2>
          {t('calendar.drafts')}{' '}
          {drafts.items.length > 0 && <span className="soft figure">{drafts.items.length}</span>}
        </h2>
        {drafts.items.length === 0 && !drafts.isPending && (
          <p className="soft small">{t('calendar.draftsNone')}</p>
        )}
        {drafts.items.length > 0 && mayDrag && mayEdit && (
          <p className="soft small">{t('calendar.draftsHelp')}</p>
        )}
      </header>
      {drafts.error !== null && <ProblemNote error={drafts.error} onRetry={drafts.reload} />}
      {drafts.isPending && <Skeleton kind="rows" lines={2} />}
      {mayDrag ? (
        <div className="chips">
          {drafts.items.map((draft) => (
            <Chip key={draft.id} broadcast={draft} mayMove={mayEdit} onOpen={onOpen} />
          ))}
        </div>
      ) : (
        <div className="agenda">
          {drafts.items.map((draft) => (
            <Entry key={draft.id} broadcast={draft} mayMove={mayEdit} onOpen={onOpen} onMove={onMove} />
          ))}
        </div>
      )}
      <LoadMore list={drafts} />
    </section>
  );
}

export type Drafts = ReturnType<typeof useDrafts>;

export function useDrafts(accountId: string) {
  return useList('/v1/accounts/{accountId}/broadcasts', { path: { accountId }, query: { status: 'draft' } });
}
