import { useTranslation } from 'react-i18next';
import type { Shape } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { Badge } from '../ui/badge';
import { Card } from '../ui/card';
import { channelsOf, type Channel } from './pushes';

/** What was pushed, by channel, and how far it has come. */
export function PushesCard({ pushes }: { pushes: Shape<'PushCountsView'> }) {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const { account } = useAccount();
  const channels = channelsOf(pushes);
  return (
    <Card
      title={t('report.pushes')}
      actions={
        pushes.status !== 'none' && (
          <Badge tone={pushes.status === 'running' ? 'info' : 'good'}>
            {t(`report.run.${pushes.status}`)}
          </Badge>
        )
      }
    >
      {channels.length === 0 && <p className="soft">{t('report.noPushes')}</p>}
      <div className="stack channels">
        {channels.map((channel) => (
          <ChannelRow key={channel.id} channel={channel} />
        ))}
        {pushes.completedAt !== null && channels.length > 0 && (
          <p className="soft small">
            {t('report.completed', { when: instant(pushes.completedAt, account.timeZone) })}
          </p>
        )}
      </div>
    </Card>
  );
}

function ChannelRow({ channel: { id, total, settled, outcomes, failures } }: { channel: Channel }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const progress = t('report.settled', { settled: number(settled), total: number(total) });
  return (
    <section className="channel" aria-labelledby={`channel-${id}`}>
      <div className="row spread">
        <h3 id={`channel-${id}`}>{t(`report.channel.${id}`)}</h3>
        <span className="soft small figure">{progress}</span>
      </div>
      <div
        className="bar"
        role="progressbar"
        aria-labelledby={`channel-${id}`}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={settled}
        aria-valuetext={progress}
      >
        {outcomes.map((outcome) => (
          <span key={outcome.id} className={outcome.id} style={{ flexGrow: outcome.count }} />
        ))}
      </div>
      <ul className="row outcomes small">
        {outcomes.map((outcome) => (
          <li key={outcome.id}>
            <span className={`dot ${outcome.id}`} />
            {t(`report.outcome.${outcome.id}`)} <strong className="figure">{number(outcome.count)}</strong>
          </li>
        ))}
      </ul>
      {failures.length > 0 && (
        <p className="soft small">
          {t('report.failures')}{' '}
          {failures.map(({ reason, count }) => (
            <span key={reason} className="failure">
              <code>{reason}</code> × {number(count)}
            </span>
          ))}
        </p>
      )}
    </section>
  );
}
