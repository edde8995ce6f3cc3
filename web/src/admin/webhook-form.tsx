import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { refusedFields } from '../api/problem';
import { useRefresh } from '../api/refresh';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/choices';
import { Dialog } from '../ui/dialog';
import { ProblemNote } from '../ui/problem-note';
import { TextField } from '../ui/text-field';
import { OFFERED, toggled, type EventFilter, type NewWebhook } from './webhooks';

export function WebhookForm({
  onClose,
  onAdded,
}: {
  onClose: () => void;
  onAdded: (webhook: NewWebhook) => void;
}) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<readonly EventFilter[]>([]);
  const { mutateAsync, isPending, error } = api.useMutation('post', '/v1/admin/webhooks', {
    meta: { shown: 'by-page' },
  });
  const wrongUrl = refusedFields(error).url;
  const add = async () => {
    onAdded(await mutateAsync({ body: { url: url.trim(), events: [...events] } }));
    await refresh('/v1/admin/webhooks');
  };
  return (
    <Dialog
      title={t('admin.addWebhook')}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            kind="primary"
            pending={isPending}
            isDisabled={url.trim() === ''}
            onPress={() => void add().catch(() => undefined)}
          >
            {t('admin.addWebhook')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <TextField
          label={t('admin.webhookUrl')}
          description={t('admin.webhookUrlHelp')}
          type="url"
          placeholder="https://"
          value={url}
          onChange={setUrl}
          isRequired
          error={wrongUrl}
        />
        <fieldset className="events">
          <legend>{t('admin.webhookEvents')}</legend>
          <p className="soft small">{t('admin.webhookEventsHelp')}</p>
          {OFFERED.map((id) => (
            <Checkbox
              key={id}
              isSelected={events.includes(id)}
              onChange={() => setEvents(toggled(events, id))}
            >
              <span>
                {t(`admin.events.${EVENT_WORDS[id]}`)} <code className="soft small">{id}</code>
              </span>
            </Checkbox>
          ))}
        </fieldset>
        {error !== null && wrongUrl === undefined && <ProblemNote error={error} />}
      </div>
    </Dialog>
  );
}

/** Dots in keys would lead deeper into the words. */
const EVENT_WORDS = {
  'broadcast.*': 'broadcast',
  'account.*': 'account',
  'follow.*': 'follow',
  'report.*': 'report',
  'quota.*': 'quota',
  'push.batch': 'push',
} as const;
