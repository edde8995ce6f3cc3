import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../ui/button';
import { Icon } from '../ui/icon';
import { toasts } from '../ui/toast';
import { useNotifications } from './notifications';
import { deviceStorage } from '../storage';

/** Once asked, and not again on this device. */
const KEPT = 'fanfare.push-asked';

export function NotificationPrompt() {
  const { t } = useTranslation();
  const { state, enable } = useNotifications();
  const [isAnswered, setAnswered] = useState(deviceStorage.getItem(KEPT) !== null);
  const answer = () => {
    deviceStorage.setItem(KEPT, 'yes');
    setAnswered(true);
  };
  if (state !== 'off' || isAnswered) return null;
  return (
    <div className="push-prompt">
      <Icon name="bell" />
      <p className="small">{t('inbox.pushPrompt')}</p>
      <Button
        size="small"
        onPress={() => {
          answer();
          void enable().catch(toasts.problem);
        }}
      >
        {t('inbox.pushTurnOn')}
      </Button>
      <IconButton icon="close" size="small" label={t('common.dismiss')} onPress={answer} />
    </div>
  );
}
