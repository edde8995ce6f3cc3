import { useTranslation } from 'react-i18next';
import type { List } from '../api/use-list';
import { Button } from './button';
import { ProblemNote } from './problem-note';

type Growing = Pick<List<unknown>, 'hasMore' | 'isLoadingMore' | 'loadMore'> &
  Partial<Pick<List<unknown>, 'error'>>;

/** Below a list that the API hands out in pages. */
export function LoadMore({ list }: { list: Growing }) {
  const { t } = useTranslation();
  if (!list.hasMore) return null;
  return (
    <div className="load-more">
      {Boolean(list.error) && !list.isLoadingMore && <ProblemNote error={list.error} />}
      <Button pending={list.isLoadingMore} onPress={list.loadMore}>
        {t('common.loadMore')}
      </Button>
    </div>
  );
}
