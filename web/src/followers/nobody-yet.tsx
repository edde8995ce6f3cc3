import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';

/** How people come to follow. */
export function NobodyYet({ onShare }: { onShare: () => void }) {
  const { t } = useTranslation();
  return (
    <Card flush>
      <EmptyState
        icon="users"
        title={t('followers.emptyTitle')}
        action={
          <Button kind="primary" icon="link" onPress={onShare}>
            {t('followers.share')}
          </Button>
        }
      >
        {t('followers.emptyText')}
      </EmptyState>
    </Card>
  );
}
