import { useTranslation } from 'react-i18next';
import type { List } from '../api/use-list';
import { Button } from './button';

/** Below a list that the API hands out in pages. */
export function LoadMore({ list }: { list: Pick<List<unknown>, 'hasMore' | 'isLoadingMore' | 'loadMore'> }) {
  const { t } = useTranslation();
  if (!list.hasMore) return null;
  return (
    <div className="load-more">
      <Button pending={list.isLoadingMore} onPress={list.loadMore}>
        {t('common.loadMore')}
      </Button>
    </div>
  );
}
