import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { api } from '../api/client';
import { ifMatch } from '../api/if-match';
import { useRefresh } from '../api/refresh';
import { useCopyBroadcast } from '../api/use-copy-broadcast';
import type { ListedBroadcast as Broadcast } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { Badge, STATUS_TONES } from '../ui/badge';
import { Button, LinkButton } from '../ui/button';
import { Confirm, Dialog } from '../ui/dialog';
import { Note } from '../ui/note';
import { useTimeZone } from '../ui/time-zone';
import { toasts } from '../ui/toast';
import { instantOf, isMovable, isWritable, moveWordOf, titleOf } from './places';

const ONE = '/v1/accounts/{accountId}/broadcasts/{broadcastId}';

/** A broadcast of the calendar at a glance, with what can be done about it. */
export function Peek({
  broadcast,
  mayEdit,
  onClose,
  onMove,
}: {
  broadcast: Broadcast;
  mayEdit: boolean;
  onClose: () => void;
  onMove: (broadcast: Broadcast) => void;
}) {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const timeZone = useTimeZone();
  const [asks, setAsks] = useState(false);
  const { accountId, id, status, content } = broadcast;
  const ending = useEnding(broadcast);
  const title = titleOf(content) || t('calendar.untitled');
  const when = instant(instantOf(broadcast), timeZone);
  const mayMove = mayEdit && isMovable(broadcast);
  const mayWrite = mayEdit && isWritable(broadcast);
  const isOut = status === 'published' || status === 'recalled';
  const copy = useCopyBroadcast();
  const [, navigate] = useLocation();
  const duplicate = async () => {
    const draft = await copy(broadcast);
    onClose();
    toasts.good(t('composer.copied'));
    navigate(`/a/${accountId}/compose/${draft.id}`);
  };
  return (
    <>
      <Dialog
        title={title}
        isOpen={!asks}
        onClose={onClose}
        footer={
          <>
            {mayEdit && ending && (
              <Button kind="danger" onPress={() => setAsks(true)}>
                {t(ending.action)}
              </Button>
            )}
            {mayEdit && (
              <Button icon="copy" onPress={() => void duplicate().catch(toasts.problem)}>
                {t('calendar.duplicate')}
              </Button>
            )}
            {mayMove && <Button onPress={() => onMove(broadcast)}>{t(moveWordOf(broadcast))}</Button>}
            {isOut && (
              <LinkButton icon="chart" href={`/a/${accountId}/broadcasts/${id}`} kind="primary">
                {t('common.report')}
              </LinkButton>
            )}
            {!isOut && (
              <LinkButton
                icon={mayWrite ? 'edit' : 'eye'}
                href={`/a/${accountId}/compose/${id}`}
                kind="primary"
              >
                {t(mayWrite ? 'calendar.edit' : 'calendar.open')}
              </LinkButton>
            )}
          </>
        }
      >
        <div className="stack peek">
          <div className="row">
            <Badge tone={STATUS_TONES[status]}>{t(`common.broadcastStatus.${status}`)}</Badge>
            <Badge>
              {content.type === 'articles'
                ? t('calendar.articles', { count: content.articles.length })
                : t(`common.contentKind.${content.type}`)}
            </Badge>
          </div>
          <p className="figure">{t(WHEN[status], { when })}</p>
          {broadcast.missedReason !== null && (
            <Note tone="bad">{t(`calendar.missed.${knownReason(broadcast.missedReason)}`)}</Note>
          )}
          <Gist broadcast={broadcast} />
        </div>
      </Dialog>
      {ending && asks && (
        <Confirm
          title={t(ending.title)}
          action={t(ending.action)}
          keep={status === 'scheduled' ? t('calendar.keepIt') : undefined}
          danger
          isOpen
          onClose={() => {
            setAsks(false);
          }}
          onConfirm={async () => {
            await ending.act();
            onClose();
            toasts.good(t(ending.done));
          }}
        >
          <p>{t(ending.text)}</p>
        </Confirm>
      )}
    </>
  );
}

function Gist({ broadcast: { content } }: { broadcast: Broadcast }) {
  if (content.type === 'text') return <p className="gist">{content.text}</p>;
  if (content.type === 'image') {
    return (
      <img className="gist" src={content.url} alt={content.caption ?? ''} referrerPolicy="no-referrer" />
    );
  }
  return (
    <ol className="gist">
      {content.articles.map(({ title }, place) => (
        <li key={place}>{title}</li>
      ))}
    </ol>
  );
}

/** How it is ended from here: a draft is deleted, what is scheduled cancelled, what went out recalled. */
function useEnding({ accountId, id, status, version }: Broadcast) {
  const refresh = useRefresh();
  const params = { path: { accountId, broadcastId: id }, header: ifMatch(version) };
  const options = { meta: { shown: 'by-page' } } as const;
  const cancel = api.useMutation('post', `${ONE}/cancel`, options);
  const recall = api.useMutation('post', `${ONE}/recall`, options);
  const remove = api.useMutation('delete', ONE, options);
  const after = () => refresh('/v1/accounts/{accountId}/broadcasts', '/v1/accounts/{accountId}/quota', ONE);
  const doing = (act: () => Promise<unknown>) => async () => {
    await act();
    await after();
  };
  if (status === 'draft') {
    const act = doing(() => remove.mutateAsync({ params }));
    return {
      action: 'calendar.deleteDraft',
      title: 'calendar.deleteTitle',
      text: 'calendar.deleteText',
      done: 'calendar.deleted',
      act,
    } as const;
  }
  if (status === 'scheduled') {
    const act = doing(() => cancel.mutateAsync({ params }));
    return {
      action: 'calendar.cancel',
      title: 'calendar.cancelTitle',
      text: 'calendar.cancelText',
      done: 'calendar.cancelled',
      act,
    } as const;
  }
  if (status !== 'published') return undefined;
  const act = doing(() => recall.mutateAsync({ params, body: {} }));
  return {
    action: 'common.recall.action',
    title: 'common.recall.title',
    text: 'common.recall.text',
    done: 'common.recall.done',
    act,
  } as const;
}

const WHEN = {
  draft: 'calendar.begun',
  scheduled: 'calendar.goesOut',
  published: 'calendar.wentOut',
  recalled: 'calendar.wentOut',
  cancelled: 'calendar.shouldHave',
  missed: 'calendar.shouldHave',
} as const satisfies Record<Broadcast['status'], string>;

const REASONS = ['account suspended', 'account closed', 'period ended', 'too late'] as const;

function knownReason(reason: string): (typeof REASONS)[number] | 'other' {
  return REASONS.find((known) => known === reason) ?? 'other';
}
