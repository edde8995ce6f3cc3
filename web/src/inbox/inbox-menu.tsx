import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, dataOf } from '../api/client';
import { useLanguages, useThemes } from '../session/preferences';
import { IconButton } from '../ui/button';
import { Confirm } from '../ui/dialog';
import { Menu, type ActionGroup } from '../ui/menu';
import { toasts } from '../ui/toast';
import { useNotifications } from './notifications';
import { PreviewsDialog } from './previews-dialog';

export function InboxMenu({ onErased }: { onErased: () => void }) {
  const { t } = useTranslation();
  const [isErasing, setErasing] = useState(false);
  const [isAgreeing, setAgreeing] = useState(false);
  const { disable } = useNotifications();
  const label = t('inbox.menu');
  const previews: ActionGroup = {
    title: t('inbox.previews'),
    actions: [
      { id: 'previews', icon: 'eye', label: t('inbox.seePreviews'), onAction: () => setAgreeing(true) },
    ],
  };
  const yourData: ActionGroup = {
    title: t('inbox.yourData'),
    actions: [
      {
        id: 'export',
        icon: 'download',
        label: t('inbox.export'),
        onAction: () => void takeOut(t('inbox.exportFile')).catch(toasts.problem),
      },
      { id: 'erase', icon: 'trash', label: t('inbox.erase'), danger: true, onAction: () => setErasing(true) },
    ],
  };
  const erase = async () => {
    await disable().catch(() => undefined); // the server forgets this device in any case
    dataOf(await client.DELETE('/v1/me'));
    onErased();
  };
  return (
    <>
      <Menu
        label={label}
        trigger={<IconButton icon="more" label={label} />}
        groups={[...useNotificationActions(), useLanguages(), useThemes(), previews, yourData]}
      />
      {isAgreeing && <PreviewsDialog onClose={() => setAgreeing(false)} />}
      <Confirm
        title={t('inbox.eraseTitle')}
        action={t('inbox.eraseAction')}
        danger
        isOpen={isErasing}
        onClose={() => setErasing(false)}
        onConfirm={erase}
      >
        <p>{t('inbox.eraseText')}</p>
      </Confirm>
    </>
  );
}

function useNotificationActions(): readonly ActionGroup[] {
  const { t } = useTranslation();
  const { state, enable, disable } = useNotifications();
  if (state === 'impossible') return [];
  const isOn = state === 'on';
  return [
    {
      title: t('inbox.notify'),
      actions: [
        {
          id: 'notifications',
          icon: isOn ? 'bell-off' : 'bell',
          label: t(isOn ? 'inbox.pushOff' : 'inbox.pushOn'),
          onAction: () => void (isOn ? disable() : enable()).catch(toasts.problem),
        },
      ],
    },
  ];
}

async function takeOut(fileName: string): Promise<void> {
  const data = dataOf(await client.GET('/v1/me/export'));
  const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
