import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import type { Shape } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { Note } from '../ui/note';
import { ProblemNote } from '../ui/problem-note';

/** Recomputes every hash of the log. When asked only: of a long log that takes a while. */
export function ChainState() {
  const { t } = useTranslation();
  const { data, error, isFetching, refetch } = api.useQuery(
    'get',
    '/v1/admin/audit/verify',
    {},
    { enabled: false, gcTime: Infinity },
  );
  return (
    <Card
      title={t('admin.chain')}
      actions={
        <Button size="small" icon="shield" pending={isFetching} onPress={() => void refetch()}>
          {t(data ? 'admin.verifyAgain' : 'admin.verifyNow')}
        </Button>
      }
    >
      <div className="stack" role="status">
        {error !== null ? (
          <ProblemNote error={error} />
        ) : data ? (
          <Verdict verification={data} />
        ) : (
          <p className="soft">{t('admin.chainText')}</p>
        )}
      </div>
    </Card>
  );
}

function Verdict({
  verification: { valid, sealed, unsealed, head, firstBad },
}: {
  verification: Shape<'VerificationView'>;
}) {
  const { t } = useTranslation();
  const f = useFormat();
  if (!valid && firstBad) {
    return (
      <Note tone="bad">
        <strong>{t('admin.chainBad', { sequence: f.number(firstBad.sequence) })}</strong>
        <p>{t(`admin.chainFault.${firstBad.problem}`)}</p>
        {firstBad.id !== null && <code className="small">{firstBad.id}</code>}
      </Note>
    );
  }
  return (
    <Note tone="good">
      <strong>{t('admin.chainGood', { entries: f.number(sealed) })}</strong>
      {unsealed > 0 && <p className="small">{t('admin.chainUnsealed', { count: unsealed })}</p>}
      {head && (
        <p className="small">
          {t('admin.chainHead', { sequence: f.number(head.sequence) })} <code>{head.hash}</code>
        </p>
      )}
    </Note>
  );
}
