import { useTranslation } from 'react-i18next';
import { Link } from 'react-aria-components';
import { refusalOf } from '../api/problem';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { LinkButton } from '../ui/button';
import { Note } from '../ui/note';
import { useTimeZone } from '../ui/time-zone';

/** More would push the button that helps out of sight. */
const MOST_SHOWN = 5;

/** Why the type or zone cannot be changed now: which broadcasts are scheduled, and the way to them. */
export function InTheWay({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const timeZone = useTimeZone();
  const { account } = useAccount();
  const { broadcasts = [] } = refusalOf(error).facts as {
    broadcasts?: readonly { id: string; scheduledAt: string }[];
  };
  const shown = broadcasts.slice(0, MOST_SHOWN);
  const more = broadcasts.length - shown.length;
  return (
    <div role="alert">
      <Note
        tone="warn"
        action={
          <LinkButton size="small" icon="calendar" href={`/a/${account.id}/calendar`}>
            {t('settings.toCalendar')}
          </LinkButton>
        }
      >
        <strong>{t('settings.inTheWayTitle')}</strong>
        <p>{t('settings.inTheWayText', { count: broadcasts.length })}</p>
        <ul className="in-the-way">
          {shown.map(({ id, scheduledAt }) => (
            <li key={id}>
              <Link href={`/a/${account.id}/compose/${id}`}>{instant(scheduledAt, timeZone)}</Link>
            </li>
          ))}
          {more > 0 && <li>{t('settings.inTheWayMore', { count: more })}</li>}
        </ul>
      </Note>
    </div>
  );
}
