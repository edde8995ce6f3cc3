import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { client } from '../api/client';
import { isRefusal, refusalOf } from '../api/problem';
import type { Broadcast } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { Badge, STATUS_TONES } from '../ui/badge';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { Segments } from '../ui/choices';
import { Confirm } from '../ui/dialog';
import { Note } from '../ui/note';
import { PageHeader } from '../ui/page-header';
import { ProblemNote } from '../ui/problem-note';
import { toasts } from '../ui/toast';
import { AudienceField, useReach } from './audience-field';
import { ConflictDialog } from './conflict-dialog';
import { ContentFields, type Wrong } from './content-fields';
import type { Draft } from './draft';
import { dateOf, sameTimeFrom } from './free-place';
import { Preview } from './preview';
import { PreviewDialog } from './preview-dialog';
import { TimingField } from './timing-field';
import { useDraft } from './use-draft';
import { useSaving, type Schedule } from './use-saving';
import { contentOf, lacksOf, workOf } from './work';

type Asked = 'publish' | 'discard' | 'show';

/** Writing a broadcast: what it says, to whom, when; beside it what the subscribers will see. */
export function Composer({ broadcast, at }: { broadcast: Broadcast | undefined; at: string | null }) {
  const { t } = useTranslation();
  const { instant, number } = useFormat();
  const { account } = useAccount();
  const { id: accountId, timeZone } = account;
  const [, navigate] = useLocation();
  const writing = useDraft(accountId, broadcast, at);
  const { draft, isChanged } = writing;
  const { work, timing, base } = draft;
  const save = useSaving(accountId);
  const reach = useReach(accountId, work.audience);

  const [side, setSide] = useState<'write' | 'preview'>('write');
  const [isTried, setTried] = useState(false);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const [theirs, setTheirs] = useState<Broadcast>();
  const [asked, setAsked] = useState<Asked>();

  const lacks = lacksOf(work);
  const lacksTime = timing.how === 'at' && timing.at === null;
  const wrong: Wrong = (field, article) => {
    const isLacking = isTried && lacks.some((lack) => lack.field === field && lack.article === article);
    return isLacking ? t(`composer.lacks.${field}`) : undefined;
  };
  const isScheduled = broadcast?.status === 'scheduled';
  const schedule = (): Schedule | undefined => {
    if (timing.how === 'queue') return { queue: true };
    if (timing.how === 'now') return { now: true };
    return timing.at === null || timing.at === broadcast?.scheduledAt ? undefined : { at: timing.at };
  };

  const store = async (wish: Schedule | undefined, from: Draft = draft): Promise<Broadcast> => {
    try {
      const saved = await save(from, broadcast?.id, wish);
      writing.adopt(broadcast && saved);
      return saved;
    } catch (problem) {
      if (broadcast && isRefusal(problem, 'version-conflict')) {
        const params = { path: { accountId, broadcastId: broadcast.id } };
        const { data } = await client.GET('/v1/accounts/{accountId}/broadcasts/{broadcastId}', { params });
        setTheirs(data);
      }
      throw problem;
    }
  };

  const submit = async (wish: Schedule | undefined, from: Draft = draft) => {
    setTried(true);
    setError(undefined);
    if (lacks.length > 0) return;
    setPending(true);
    try {
      const saved = await store(wish, from);
      if (!wish) {
        toasts.good(t(isScheduled ? 'common.saved' : 'composer.draftSaved'));
        navigate(`/a/${accountId}/compose/${saved.id}`, { replace: true });
        return;
      }
      const when = saved.scheduledAt ?? saved.createdAt;
      toasts.good(
        wish.now ? t('composer.goesOutNow') : t('composer.scheduledFor', { when: instant(when, timeZone) }),
      );
      navigate(`/a/${accountId}/calendar?day=${dateOf(when, timeZone)}`);
    } catch (problem) {
      if (!isRefusal(problem, 'version-conflict')) setError(problem);
    } finally {
      setPending(false);
    }
  };

  const press = () => {
    setTried(true);
    if (lacksTime || lacks.length > 0) return;
    if (timing.how === 'now') setAsked('publish');
    else void submit(schedule());
  };
  const primary =
    timing.how === 'now'
      ? 'publishNow'
      : timing.how === 'queue'
        ? 'addToQueue'
        : isScheduled
          ? 'saveChanges'
          : 'schedule';
  const isNewer = isChanged && base !== null && broadcast !== undefined && broadcast.version > base.version;

  return (
    <div className="composer">
      <PageHeader
        title={t(broadcast ? 'composer.editTitle' : 'composer.newTitle')}
        back={{ href: `/a/${accountId}/calendar`, label: t('session.calendar') }}
        actions={
          <Button
            icon="eye"
            onPress={() => {
              setTried(true);
              if (lacks.length === 0) setAsked('show');
            }}
          >
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
                <span className="figure">{instant(broadcast.scheduledAt, timeZone)}</span>
              )}
            </span>
          )
        }
      />
      <div className="sides">
        <Segments
          label={t('composer.side')}
          value={side}
          onChange={setSide}
          options={[
            { id: 'write', label: t('composer.write'), icon: 'edit' },
            { id: 'preview', label: t('composer.preview'), icon: 'eye' },
          ]}
        />
      </div>
      {writing.isRestored && (
        <Note
          action={
            <Button size="small" onPress={() => setAsked('discard')}>
              {t('composer.discard')}
            </Button>
          }
        >
          {t('composer.restored')}
        </Note>
      )}
      {isNewer && (
        <Note
          tone="warn"
          action={
            <Button size="small" onPress={() => setTheirs(broadcast)}>
              {t('composer.look')}
            </Button>
          }
        >
          {t('composer.newer')}
        </Note>
      )}
      <div className={`columns shows-${side}`}>
        <div className="stack form">
          <Card>
            <ContentFields work={work} wrong={wrong} onWrite={writing.write} />
          </Card>
          <Card>
            <AudienceField
              accountId={accountId}
              audience={work.audience}
              error={wrong('tags')}
              onChange={(audience) => writing.write({ audience })}
            />
          </Card>
          <Card>
            <TimingField
              timing={timing}
              broadcast={broadcast}
              error={isTried && lacksTime ? t('composer.lacks.instant') : undefined}
              onChange={writing.time}
            />
          </Card>
        </div>
        <Preview account={account} content={contentOf(work)} />
      </div>
      <footer className="actions">
        {isTried && lacks.length > 0 && (
          <p className="wrong small" role="alert">
            {t('composer.incompleteText')}
          </p>
        )}
        {error !== undefined && (
          <Refused
            error={error}
            wished={timing.how === 'at' ? timing.at : null}
            onOffer={(offer) => {
              setError(undefined);
              writing.time({ how: 'at', at: offer });
            }}
          />
        )}
        <div className="row">
          {!isScheduled && (
            <Button pending={isPending && timing.how !== 'now'} onPress={() => void submit(undefined)}>
              {t('composer.saveDraft')}
            </Button>
          )}
          <Button kind="primary" pending={isPending} onPress={press} isDisabled={isScheduled && !isChanged}>
            {t(`composer.${primary}`)}
          </Button>
        </div>
      </footer>
      {asked === 'publish' && (
        <Confirm
          title={t('composer.publishTitle')}
          action={t('composer.publishNow')}
          isOpen
          onClose={() => setAsked(undefined)}
          onConfirm={() => {
            setAsked(undefined);
            return submit({ now: true });
          }}
        >
          <p>{t('composer.publishText', { count: reach ?? 0, amount: number(reach ?? 0) })}</p>
        </Confirm>
      )}
      {asked === 'discard' && (
        <Confirm
          title={t('composer.discardTitle')}
          action={t('composer.discard')}
          danger
          isOpen
          onClose={() => setAsked(undefined)}
          onConfirm={() => {
            writing.adopt(broadcast);
            return Promise.resolve();
          }}
        >
          <p>{t('composer.discardText')}</p>
        </Confirm>
      )}
      {asked === 'show' && (
        <PreviewDialog
          accountId={accountId}
          save={async () => {
            if (broadcast && !isChanged) return broadcast.id;
            return (await store(undefined)).id;
          }}
          onClose={(id) => {
            setAsked(undefined);
            if (id !== undefined && !broadcast) navigate(`/a/${accountId}/compose/${id}`, { replace: true });
          }}
        />
      )}
      {theirs && (
        <ConflictDialog
          draft={draft}
          theirs={theirs}
          onClose={() => setTheirs(undefined)}
          onTakeTheirs={() => {
            setTheirs(undefined);
            writing.adopt(theirs);
          }}
          onKeepMine={() => {
            setTheirs(undefined);
            void submit(schedule(), {
              ...draft,
              base: { version: theirs.version, work: base?.work ?? workOf(theirs) },
            });
          }}
        />
      )}
    </div>
  );
}

/** Why it was not taken; for want of a place, when there is one. */
function Refused({
  error,
  wished,
  onOffer,
}: {
  error: unknown;
  wished: string | null;
  onOffer: (at: string) => void;
}) {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const { account } = useAccount();
  const { nextAvailableAt } = refusalOf(error).facts;
  const offer =
    typeof nextAvailableAt === 'string'
      ? sameTimeFrom(wished ?? nextAvailableAt, nextAvailableAt, account.timeZone)
      : undefined;
  return (
    <div className="refused">
      <ProblemNote error={error} />
      {offer !== undefined && (
        <Button onPress={() => onOffer(offer)}>
          {t('composer.takeOffer', { when: instant(offer, account.timeZone) })}
        </Button>
      )}
    </div>
  );
}
