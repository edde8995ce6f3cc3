import { useTranslation } from 'react-i18next';
import type { Broadcast } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { Badge, STATUS_TONES } from '../ui/badge';
import { Button } from '../ui/button';
import { PageHeader } from '../ui/page-header';

/** What is being written, new or there already, and showing it to a few. */
export function ComposerHeader({
  broadcast,
  onShow,
}: {
  broadcast: Broadcast | undefined;
  onShow: () => void;
}) {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const { account } = useAccount();
  return (
    <PageHeader
      title={t(broadcast ? 'composer.editTitle' : 'session.compose')}
      back={{ href: `/a/${account.id}/calendar`, label: t('session.calendar') }}
      actions={
        <Button icon="eye" onPress={onShow}>
          {t('composer.showTo')}
        </Button>
      }
      subtitle={
        broadcast && (
          <span className="row">
            <Badge tone={STATUS_TONES[broadcast.status]}>
              {t(`common.broadcastStatus.${broadcast.status}`)}
            </Badge>
            {broadcast.scheduledAt !== null && (
              <span className="figure">{instant(broadcast.scheduledAt, account.timeZone)}</span>
            )}
          </span>
        )
      }
    />
  );
}
