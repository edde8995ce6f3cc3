import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { isRefusal } from '../api/problem';
import type { Shape } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { Note } from '../ui/note';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { TextField } from '../ui/text-field';

const OUTCOME_TONES = {
  delivered: 'good',
  pending: 'info',
  gone: 'neutral',
  skipped: 'neutral',
  failed: 'bad',
} as const;

/** Whether a certain person received it, and why. */
export function PersonCard({ broadcastId }: { broadcastId: string }) {
  const { t } = useTranslation();
  const { account } = useAccount();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const query = api.useQuery(
    'get',
    '/v1/accounts/{accountId}/broadcasts/{broadcastId}/recipients/{subscriber}',
    { params: { path: { accountId: account.id, broadcastId, subscriber: asked } } },
    { enabled: asked !== '' },
  );
  const ask = () => {
    const name = typed.trim();
    if (name === asked) void query.refetch();
    setAsked(name);
  };
  // The broadcast is there, or this card would not be: what cannot be found is nobody's id.
  const isNobody = isRefusal(query.error, 'not-found');
  return (
    <Card title={t('report.person')}>
      <form
        className="lookup"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== '') ask();
        }}
      >
        <TextField
          label={t('report.subscriber')}
          description={t('report.subscriberHelp')}
          error={query.error && isNobody ? t('report.nobodysId') : undefined}
          value={typed}
          onChange={setTyped}
          isRequired
          autoComplete="off"
        />
        <Button type="submit" icon="search">
          {t('report.ask')}
        </Button>
      </form>
      <div role="status">
        {query.isLoading && <Skeleton lines={1} />}
        {query.data && <Answer name={asked} answer={query.data} />}
      </div>
      {query.error && !isNobody && <ProblemNote error={query.error} onRetry={ask} />}
    </Card>
  );
}

function Answer({ name, answer }: { name: string; answer: Shape<'RecipientView'> }) {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const { account } = useAccount();
  const { received, reason, at, pushes } = answer;
  return (
    <div className="answer">
      <Note tone={received ? 'good' : 'info'}>
        <strong>{t(received ? 'report.received' : 'report.notReceived', { name })}</strong>{' '}
        {t(`report.reason.${reason}`, { when: at === null ? '' : instant(at, account.timeZone) })}
      </Note>
      {pushes.length > 0 && (
        <ul className="small" aria-label={t('report.pushes')}>
          {pushes.map((push) => (
            <li key={`${push.channel} ${push.at} ${push.status}`} className="row">
              <Badge tone={OUTCOME_TONES[push.status]}>{t(`report.outcome.${push.status}`)}</Badge>
              <span>{t(`report.channel.${push.channel}`)}</span>
              <span className="soft figure">{instant(push.at, account.timeZone)}</span>
              {push.reason !== null && <code className="soft">{push.reason}</code>}
            </li>
          ))}
        </ul>
      )}
      {received && pushes.length === 0 && <p className="soft small">{t('report.noPushToThem')}</p>}
    </div>
  );
}
