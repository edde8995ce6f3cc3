import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { isRefusal, refusedFields } from '../api/problem';
import { useRefresh } from '../api/refresh';
import { useAccount } from '../session/account';
import { Button } from '../ui/button';
import { Checkbox, ChoiceCards } from '../ui/choices';
import { Dialog } from '../ui/dialog';
import { ProblemNote, useProblemWords } from '../ui/problem-note';
import { TextField } from '../ui/text-field';
import { toasts } from '../ui/toast';
import { filtersOf, isWanted, KIND_NAMES, toggled, wholeOf, type Filter, type Kind } from './events';
import { useEventWord, WEBHOOK, WEBHOOKS, type Webhook } from './webhook-words';

const BY_PAGE = { meta: { shown: 'by-page' } } as const;

/** Where events are sent, and which. */
export function WebhookDialog({
  webhook,
  onClose,
  onMade,
}: {
  /** Undefined: a new one. */
  webhook: Webhook | undefined;
  onClose: () => void;
  /** With the secret, which nobody is told a second time. */
  onMade?: (id: string, secret: string) => void;
}) {
  const { t } = useTranslation();
  const say = useProblemWords();
  const { account } = useAccount();
  const refresh = useRefresh();
  const create = api.useMutation('post', WEBHOOKS, BY_PAGE);
  const change = api.useMutation('patch', WEBHOOK, BY_PAGE);
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [which, setWhich] = useState<'all' | 'some'>(
    webhook === undefined || webhook.events.length === 0 ? 'all' : 'some',
  );
  const [wanted, setWanted] = useState((webhook?.events ?? []) as readonly Filter[]);
  const [isTried, setTried] = useState(false);
  const isNone = which === 'some' && wanted.length === 0;

  const save = async () => {
    setTried(true);
    if (isNone) return;
    const body = { url: url.trim(), events: which === 'all' ? [] : [...wanted] };
    if (webhook) {
      const path = { accountId: account.id, webhookId: webhook.id };
      await change.mutateAsync({ params: { path }, body });
      onClose();
      toasts.good(t('settings.webhookSaved'));
    } else {
      const { id, secret } = await create.mutateAsync({ params: { path: { accountId: account.id } }, body });
      onMade?.(id, secret);
    }
    await refresh(WEBHOOKS);
  };
  const error = create.error ?? change.error;
  const urlError = isRefusal(error, 'address-not-allowed') ? say(error) : refusedFields(error).url;

  return (
    <Dialog
      title={t(webhook ? 'settings.webhookEdit' : 'settings.webhookAdd')}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" type="submit" form="webhook" pending={create.isPending || change.isPending}>
            {t(webhook ? 'common.save' : 'settings.webhookAdd')}
          </Button>
        </>
      }
    >
      <form
        id="webhook"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save().catch(() => undefined);
        }}
      >
        <TextField
          label={t('settings.webhookUrl')}
          description={t('settings.webhookUrlHelp')}
          type="url"
          placeholder="https://"
          isRequired
          autoFocus
          maxLength={2048}
          value={url}
          onChange={(typed) => {
            create.reset(); // What was refused is being mended.
            change.reset();
            setUrl(typed);
          }}
          error={urlError}
        />
        <ChoiceCards
          label={t('settings.webhookWhich')}
          value={which}
          onChange={setWhich}
          error={isTried && isNone ? t('settings.webhookNone') : undefined}
          options={(['all', 'some'] as const).map((id) => ({
            id,
            label: t(id === 'all' ? 'settings.webhookAll' : 'settings.webhookSome'),
            description: t(id === 'all' ? 'settings.webhookAllHelp' : 'settings.webhookSomeHelp'),
          }))}
        />
        {which === 'some' && (
          <div className="kinds">
            {KIND_NAMES.map((kind) => (
              <KindField key={kind} kind={kind} wanted={wanted} onChange={setWanted} />
            ))}
          </div>
        )}
        {error && urlError === undefined && <ProblemNote error={error} />}
      </form>
    </Dialog>
  );
}

/** The events of a kind; a kind with a single one needs no box for all of them. */
function KindField({
  kind,
  wanted,
  onChange,
}: {
  kind: Kind;
  wanted: readonly Filter[];
  onChange: (wanted: readonly Filter[]) => void;
}) {
  const sayEvent = useEventWord();
  const events = filtersOf(kind);
  const whole = wholeOf(kind);
  const box = (filter: Filter) => (
    <Checkbox
      key={filter}
      isSelected={isWanted(filter, wanted)}
      onChange={() => onChange(toggled(filter, wanted))}
    >
      {sayEvent(filter)}
    </Checkbox>
  );
  return (
    <div role="group" aria-label={sayEvent(whole)}>
      {(events.length > 1 || wanted.includes(whole)) && <strong>{box(whole)}</strong>}
      {events.map(box)}
    </div>
  );
}
