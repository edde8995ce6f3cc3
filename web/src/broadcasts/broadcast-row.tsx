import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { api } from '../api/client';
import { titleOf } from '../api/title-of';
import type { ListedBroadcast as Broadcast } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { Badge, STATUS_TONES } from '../ui/badge';
import { IconButton } from '../ui/button';
import { Skeleton } from '../ui/skeleton';
import { useTimeZone } from '../ui/time-zone';

/** Reads change by the minute; looking at the list again does not have them all counted again. */
const COUNTED_FOR_MS = 60_000;

/** One broadcast: what it says, how it stands, how many have read it. */
export function BroadcastRow({
  broadcast,
  onDuplicate,
}: {
  broadcast: Broadcast;
  /** Missing for those who may not write. */
  onDuplicate?: () => void;
}) {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const timeZone = useTimeZone();
  const { id, accountId, status, content, publishedAt, scheduledAt, createdAt } = broadcast;
  const isOut = status === 'published' || status === 'recalled';
  const title = titleOf(content) || t('calendar.untitled');
  const href = isOut ? `/a/${accountId}/broadcasts/${id}` : `/a/${accountId}/compose/${id}`;
  return (
    <li>
      <Link href={href} className="words">
        <strong className="title" dir="auto">
          {title}
        </strong>
        <span className="soft small figure">
          {instant(publishedAt ?? scheduledAt ?? createdAt, timeZone)} ·{' '}
          {t(`common.contentKind.${content.type}`)}
        </span>
      </Link>
      {isOut && <Reads accountId={accountId} broadcastId={id} />}
      <Badge tone={STATUS_TONES[status]}>{t(`common.broadcastStatus.${status}`)}</Badge>
      {onDuplicate && (
        <IconButton
          icon="copy"
          size="small"
          label={`${t('calendar.duplicate')}: ${title}`}
          onPress={onDuplicate}
        />
      )}
    </li>
  );
}

function Reads({ accountId, broadcastId }: { accountId: string; broadcastId: string }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { data, isPending } = api.useQuery(
    'get',
    '/v1/accounts/{accountId}/broadcasts/{broadcastId}/report',
    { params: { path: { accountId, broadcastId } } },
    { staleTime: COUNTED_FOR_MS },
  );
  if (isPending) return <Skeleton lines={1} />;
  if (!data) return null;
  return (
    <span className="soft small figure reads">
      {t('broadcasts.reads', { reads: number(data.reads), recipients: number(data.recipients) })}
    </span>
  );
}
