import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useRefresh } from '../api/refresh';
import type { Shape } from '../api/types';
import { useList } from '../api/use-list';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { useSession, useSessionRefresh, type Role } from '../session/session';
import { Avatar } from '../ui/avatar';
import { Badge } from '../ui/badge';
import { Button, IconButton } from '../ui/button';
import { Card } from '../ui/card';
import { Icon } from '../ui/icon';
import { LoadMore } from '../ui/load-more';
import { Menu } from '../ui/menu';
import { ProblemNote } from '../ui/problem-note';
import { SecretDialog } from '../ui/secret-dialog';
import { Skeleton } from '../ui/skeleton';
import { useTimeZone } from '../ui/time-zone';
import { toasts } from '../ui/toast';
import { OpenInvitations } from './invitations';
import { MemberDialog } from './member-dialog';
import { Removal } from './member-removal';
import { isLastOwner } from './members';

const MEMBERS = '/v1/accounts/{accountId}/members';
const ROLES: readonly Role[] = ['owner', 'editor', 'viewer'];

type Member = Shape<'MemberView'>;

export function MembersTab() {
  const { t } = useTranslation();
  const { account, may } = useAccount();
  const { user } = useSession();
  const members = useList(MEMBERS, { path: { accountId: account.id } });
  const [isAdding, setAdding] = useState(false);
  const [link, setLink] = useState<string>();
  // Admins too, so that a brand whose owners are gone can be helped.
  const mayManage = may('owner') || user.role === 'admin';
  if (members.isPending) return <Skeleton kind="rows" />;
  if (members.items.length === 0 && members.error !== null) {
    return <ProblemNote error={members.error} onRetry={members.reload} />;
  }
  return (
    <div className="measure stack">
      <Card
        title={t('settings.members')}
        actions={
          mayManage && (
            <Button kind="primary" icon="plus" onPress={() => setAdding(true)}>
              {t('settings.memberAdd')}
            </Button>
          )
        }
        flush
      >
        <p className="soft lead">{t('settings.membersHelp')}</p>
        <ul className="rows">
          {members.items.map((member) => (
            <MemberRow
              key={member.userId}
              member={member}
              isLast={isLastOwner(member, members.items, members.hasMore)}
              mayManage={mayManage}
            />
          ))}
        </ul>
        <LoadMore list={members} />
      </Card>
      {mayManage && <OpenInvitations />}
      {isAdding && (
        <MemberDialog
          accountId={account.id}
          onClose={() => setAdding(false)}
          onInvited={(made) => {
            setAdding(false);
            setLink(made);
          }}
        />
      )}
      {link !== undefined && (
        <SecretDialog
          title={t('settings.invitationTitle')}
          text={t('settings.invitationText')}
          secret={link}
          onClose={() => setLink(undefined)}
        />
      )}
    </div>
  );
}

function MemberRow({ member, isLast, mayManage }: { member: Member; isLast: boolean; mayManage: boolean }) {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const timeZone = useTimeZone();
  const { account } = useAccount();
  const { user } = useSession();
  const [isLeaving, setLeaving] = useState(false);
  const put = api.useMutation('post', MEMBERS);
  const refresh = useRefresh();
  const refreshSession = useSessionRefresh();
  const { userId, name, email, role, addedAt } = member;
  const isMe = userId === user.id;

  const give = async (wanted: Role) => {
    await put.mutateAsync({ params: { path: { accountId: account.id } }, body: { userId, role: wanted } });
    await refresh(MEMBERS);
    toasts.good(t('settings.roleChanged', { name, role: t(`common.role.${wanted}`) }));
    if (isMe) await refreshSession();
  };

  return (
    <li>
      <Avatar name={name} person />
      <span className="words">
        <span className="row">
          <strong>{name}</strong>
          {isMe && <Badge tone="accent">{t('settings.you')}</Badge>}
        </span>
        <span className="soft small email">{email}</span>
        <span className="soft small wide-only">
          {t('settings.since', { day: instant(addedAt, timeZone) })}
        </span>
      </span>
      <span className="row controls">
        {isLast && mayManage && <span className="soft small">{t('settings.lastOwner')}</span>}
        {mayManage && !isLast ? (
          <Menu
            label={t('settings.roleOf', { name })}
            trigger={
              <Button
                size="small"
                pending={put.isPending}
                aria-label={`${t('settings.roleOf', { name })}: ${t(`common.role.${role}`)}`}
              >
                {t(`common.role.${role}`)}
                <Icon name="chevron-down" size={16} />
              </Button>
            }
            actions={ROLES.map((id) => ({
              id,
              label: t(`common.role.${id}`),
              isCurrent: id === role,
              onAction: () => {
                if (id !== role) void give(id).catch(() => undefined);
              },
            }))}
          />
        ) : (
          <Badge>{t(`common.role.${role}`)}</Badge>
        )}
        {!isLast && isMe && (
          <Button size="small" kind="danger" onPress={() => setLeaving(true)}>
            {t('settings.leave')}
          </Button>
        )}
        {!isLast && !isMe && mayManage && (
          <IconButton
            icon="trash"
            label={t('settings.memberRemove', { name })}
            onPress={() => setLeaving(true)}
          />
        )}
      </span>
      {isLeaving && <Removal member={member} isMe={isMe} onClose={() => setLeaving(false)} />}
    </li>
  );
}
