import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { toasts } from '../ui/toast';
import { useFollowsChanged } from './lists';
import type { Brand } from './shapes';

/** What a person may do about a brand. Failures are told by a toast. */
export function useFollowing({ id: accountId, name }: Pick<Brand, 'id' | 'name'>) {
  const { t } = useTranslation();
  const changed = useFollowsChanged();
  const params = { path: { accountId } };
  const following = api.useMutation('put', '/v1/me/follows/{accountId}', { onSettled: changed });
  const leaving = api.useMutation('delete', '/v1/me/follows/{accountId}', { onSettled: changed });
  const changing = api.useMutation('patch', '/v1/me/follows/{accountId}', { onSettled: changed });
  const follow = () => {
    following.mutate(
      { params, body: {} },
      { onSuccess: () => void toasts.good(t('inbox.followed', { name })) },
    );
  };
  return {
    isPending: following.isPending || leaving.isPending || changing.isPending,
    follow,
    unfollow: () => {
      const again = { label: t('inbox.followAgain'), onAction: follow };
      leaving.mutate(
        { params },
        { onSuccess: () => void toasts.info(t('inbox.unfollowed', { name }), again) },
      );
    },
    mute: (muted: boolean) => {
      changing.mutate({ params, body: { muted } });
    },
    notify: (notify: boolean | null) => {
      changing.mutate({ params, body: { notify } });
    },
  };
}
