import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useRefresh } from '../api/refresh';
import type { Shape } from '../api/types';
import { useList } from '../api/use-list';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { Confirm } from '../ui/dialog';
import { EmptyState } from '../ui/empty-state';
import { LoadMore } from '../ui/load-more';
import { ProblemNote } from '../ui/problem-note';
import { SecretDialog } from '../ui/secret-dialog';
import { Skeleton } from '../ui/skeleton';
import { Table, type Column } from '../ui/table';
import { useTimeZone } from '../ui/time-zone';
import { toasts } from '../ui/toast';
import { KeyDialog } from './key-dialog';
import { stateOf } from './keys';

const KEYS = '/v1/accounts/{accountId}/api-keys';
const TONES = { active: 'good', expired: 'warn', revoked: 'neutral' } as const;

type Key = Shape<'ApiKeyView'>;

export function KeysTab() {
  const { t } = useTranslation();
  const { account } = useAccount();
  const keys = useList(KEYS, { path: { accountId: account.id } });
  const [isMaking, setMaking] = useState(false);
  const [secret, setSecret] = useState<string>();
  const [revoked, setRevoked] = useState<Key>();
  const columns = useColumns(setRevoked);
  if (keys.isPending) return <Skeleton kind="rows" />;
  if (keys.items.length === 0 && keys.error !== null) {
    return <ProblemNote error={keys.error} onRetry={keys.reload} />;
  }
  const add = account.status !== 'closed' && (
    <Button kind="primary" icon="plus" onPress={() => setMaking(true)}>
      {t('settings.keyAdd')}
    </Button>
  );
  return (
    <>
      {keys.items.length === 0 ? (
        <Card>
          <EmptyState icon="key" title={t('settings.keysEmptyTitle')} action={add}>
            {t('settings.keysEmptyText')}
          </EmptyState>
        </Card>
      ) : (
        <Card title={t('settings.keys')} actions={add} flush>
          <p className="soft lead">{t('settings.keysHelp')}</p>
          <Table
            caption={t('settings.tabs.keys')}
            columns={columns}
            rows={keys.items}
            rowKey={({ id }) => id}
          />
          <LoadMore list={keys} />
        </Card>
      )}
      {isMaking && (
        <KeyDialog
          accountId={account.id}
          onClose={() => setMaking(false)}
          onMade={(made) => {
            setMaking(false);
            setSecret(made);
          }}
        />
      )}
      {secret !== undefined && (
        <SecretDialog
          title={t('settings.keySecretTitle')}
          secret={secret}
          onClose={() => setSecret(undefined)}
        />
      )}
      {revoked && <Revocation apiKey={revoked} onClose={() => setRevoked(undefined)} />}
    </>
  );
}

function useColumns(onRevoke: (key: Key) => void): readonly Column<Key>[] {
  const { t } = useTranslation();
  const { instant, relative } = useFormat();
  const timeZone = useTimeZone();
  const [now] = useState(() => Date.now());
  return [
    {
      id: 'name',
      title: t('settings.keyName'),
      cell: ({ name, prefix, role }) => (
        <span className="words">
          <strong>{name}</strong>
          <span className="soft small">
            {t(`common.role.${role as Exclude<Key['role'], 'admin'>}`)} · <code>{prefix}…</code>
          </span>
        </span>
      ),
    },
    {
      id: 'status',
      title: t('settings.keyStatus'),
      cell: (key) => {
        const state = stateOf(key, now);
        return (
          <span className="words">
            <Badge tone={TONES[state]}>{t(`settings.keyStates.${state}`)}</Badge>
            {state === 'active' && key.expiresAt !== null && (
              <span className="soft small">
                {t('settings.keyUntil', { day: instant(key.expiresAt, timeZone) })}
              </span>
            )}
          </span>
        );
      },
    },
    {
      id: 'used',
      title: t('settings.keyUsed'),
      wideOnly: true,
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? (
          <span className="soft">{t('settings.keyNeverUsed')}</span>
        ) : (
          relative(lastUsedAt, now)
        ),
    },
    {
      id: 'made',
      title: t('settings.keyMade'),
      wideOnly: true,
      cell: ({ createdAt, createdBy }) => (
        <>
          {instant(createdAt, timeZone)}
          {createdBy.name !== null && (
            <div className="soft small">{t('settings.by', { name: createdBy.name })}</div>
          )}
        </>
      ),
    },
    {
      id: 'revoke',
      title: t('settings.keyRevoke'),
      align: 'end',
      cell: (key) =>
        stateOf(key, now) !== 'revoked' && (
          <Button
            size="small"
            kind="danger"
            aria-label={t('settings.keyRevokeOf', { name: key.name })}
            onPress={() => onRevoke(key)}
          >
            {t('settings.keyRevoke')}
          </Button>
        ),
    },
  ];
}

function Revocation({ apiKey: { id, name }, onClose }: { apiKey: Key; onClose: () => void }) {
  const { t } = useTranslation();
  const { account } = useAccount();
  const refresh = useRefresh();
  const revoke = api.useMutation('delete', `${KEYS}/{keyId}`, { meta: { shown: 'by-page' } });
  return (
    <Confirm
      title={t('settings.keyRevokeTitle', { name })}
      action={t('settings.keyRevoke')}
      danger
      isOpen
      onClose={onClose}
      onConfirm={async () => {
        await revoke.mutateAsync({ params: { path: { accountId: account.id, keyId: id } } });
        toasts.good(t('settings.keyRevoked'));
        await refresh(KEYS);
      }}
    >
      <p>{t('settings.keyRevokeText')}</p>
    </Confirm>
  );
}
