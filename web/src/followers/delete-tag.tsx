import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-aria-components';
import { useLocation } from 'wouter';
import { api } from '../api/client';
import { useRefresh } from '../api/refresh';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { Confirm } from '../ui/dialog';
import { toasts } from '../ui/toast';
import { broadcastsInTheWay } from './tagging';
import type { Tag } from './use-tags';

/** Asks first, and shows what stands in its way. */
export function DeleteTag({ tag, isOpen, onClose }: { tag: Tag; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const { account } = useAccount();
  const [, navigate] = useLocation();
  const refresh = useRefresh();
  const [refusal, setRefusal] = useState<unknown>();
  const { mutateAsync: remove } = api.useMutation('delete', '/v1/accounts/{accountId}/tags/{tagId}', {
    meta: { shown: 'by-page' },
  });
  const inTheWay = broadcastsInTheWay(refusal);
  return (
    <Confirm
      title={t('followers.deleteTitle', { tag: tag.name })}
      action={t('followers.delete')}
      danger
      isOpen={isOpen}
      onClose={() => {
        setRefusal(undefined);
        onClose();
      }}
      onConfirm={async () => {
        try {
          await remove({ params: { path: { accountId: account.id, tagId: tag.id } } });
        } catch (error) {
          setRefusal(error);
          throw error;
        }
        navigate(`/a/${account.id}/followers`);
        await refresh('/v1/accounts/{accountId}/tags', '/v1/accounts/{accountId}/followers');
        toasts.good(t('followers.deleted', { tag: tag.name }));
      }}
    >
      <p>{t('followers.deleteText')}</p>
      {inTheWay.length > 0 && (
        <div className="in-the-way">
          <p className="soft small">{t('followers.inUse')}</p>
          <ul>
            {inTheWay.map(({ id, scheduledAt }) => (
              <li key={id}>
                <Link href={`/a/${account.id}/compose/${id}`}>{instant(scheduledAt, account.timeZone)}</Link>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Confirm>
  );
}
