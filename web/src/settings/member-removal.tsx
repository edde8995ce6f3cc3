import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { api } from '../api/client';
import { useRefresh } from '../api/refresh';
import type { Shape } from '../api/types';
import { useAccount } from '../session/account';
import { useSessionRefresh } from '../session/session';
import { Checkbox } from '../ui/choices';
import { Confirm } from '../ui/dialog';
import { toasts } from '../ui/toast';

const MEMBERS = '/v1/accounts/{accountId}/members';

type Member = Shape<'MemberView'>;

/** Asks before somebody is removed, and whether the keys that they made go as well: they could still use them. */
export function Removal({
  member: { userId, name },
  isMe,
  onClose,
}: {
  member: Member;
  isMe: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { account } = useAccount();
  const [, navigate] = useLocation();
  const refresh = useRefresh();
  const refreshSession = useSessionRefresh();
  const [revokesKeys, setRevokesKeys] = useState(true);
  const remove = api.useMutation('delete', `${MEMBERS}/{userId}`, { meta: { shown: 'by-page' } });
  return (
    <Confirm
      title={isMe ? t('settings.leaveTitle') : t('settings.memberRemoveTitle', { name })}
      action={isMe ? t('settings.leave') : t('common.remove')}
      danger
      isOpen
      onClose={onClose}
      onConfirm={async () => {
        const query = isMe ? {} : { revokeKeys: revokesKeys ? ('true' as const) : ('false' as const) };
        await remove.mutateAsync({ params: { path: { accountId: account.id, userId }, query } });
        if (isMe) {
          navigate('/');
          await Promise.all([refreshSession(), refresh('/v1/accounts')]);
        } else {
          toasts.good(t('settings.memberRemoved', { name }));
          await refresh(MEMBERS);
        }
      }}
    >
      <p>{isMe ? t('settings.leaveText') : t('settings.memberRemoveText')}</p>
      {!isMe && (
        <Checkbox isSelected={revokesKeys} onChange={setRevokesKeys}>
          {t('settings.memberRevokeKeys')}
        </Checkbox>
      )}
    </Confirm>
  );
}
