import { keepPreviousData } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import type { Shape } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { Card } from '../ui/card';
import { Segments } from '../ui/choices';
import { LineChart } from '../ui/line-chart';
import { Loaded } from '../ui/loaded';
import { Skeleton } from '../ui/skeleton';
import { courseOf, usualStep, type Step } from './timeline';

const LOOKS_AGAIN = 30_000;

/** When it was read, and when people left. */
export function ReadsCard({
  broadcastId,
  publishedAt,
  asOf,
}: {
  broadcastId: string;
  publishedAt: string;
  asOf: string;
}) {
  const { t } = useTranslation();
  const { account } = useAccount();
  const [chosen, setChosen] = useState<Step>();
  const step = chosen ?? usualStep(publishedAt, asOf);
  const query = api.useQuery(
    'get',
    '/v1/accounts/{accountId}/broadcasts/{broadcastId}/report/timeline',
    { params: { path: { accountId: account.id, broadcastId }, query: { step } } },
    { refetchInterval: LOOKS_AGAIN, placeholderData: keepPreviousData },
  );
  return (
    <Card
      title={t('report.course')}
      actions={
        <Segments
          label={t('report.span')}
          value={step}
          onChange={setChosen}
          options={[
            { id: 'hour', label: t('report.hours') },
            { id: 'day', label: t('report.days') },
          ]}
        />
      }
    >
      <Loaded query={query} skeleton={<Skeleton kind="block" lines={1} />}>
        {(timeline) => <Course timeline={timeline} publishedAt={publishedAt} asOf={asOf} />}
      </Loaded>
    </Card>
  );
}

function Course({
  timeline,
  publishedAt,
  asOf,
}: {
  timeline: Shape<'ReportTimeline'>;
  publishedAt: string;
  asOf: string;
}) {
  const { t } = useTranslation();
  const { instant, number } = useFormat();
  const { account } = useAccount();
  const { times, reads, unfollows } = useMemo(
    () => courseOf(timeline, publishedAt, asOf),
    [timeline, publishedAt, asOf],
  );
  const left = unfollows.at(-1) ?? 0;
  const series = useMemo(
    () => [
      { label: t('report.reads'), values: reads },
      // A level line at nothing would only take the eye off the other one.
      ...(left > 0 ? [{ label: t('report.unfollows'), values: unfollows }] : []),
    ],
    [t, reads, unfollows, left],
  );
  if (timeline.items.length === 0) return <p className="soft">{t('report.noReads')}</p>;
  const facts = {
    reads: number(reads.at(-1) ?? 0),
    unfollows: number(left),
    from: instant(publishedAt, account.timeZone),
    until: instant(times.at(-1) ?? asOf, account.timeZone),
  };
  return <LineChart label={t('report.courseLabel', facts)} times={times} series={series} />;
}
