import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Broadcast } from '../api/types';
import { useAccount } from '../session/account';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { Segments } from '../ui/choices';
import { Note } from '../ui/note';
import { DiscardQuestion, PublishQuestion } from './asked';
import { AudienceField } from './audience-field';
import { ComposerHeader } from './composer-header';
import { ConflictDialog } from './conflict-dialog';
import { ContentFields, type Wrong } from './content-fields';
import { overruling } from './draft';
import { Preview } from './preview';
import { PreviewDialog } from './preview-dialog';
import { Refused } from './refused';
import { actionFor, scheduleFor } from './timing';
import { TimingField } from './timing-field';
import { useDraft } from './use-draft';
import { useReach } from './use-reach';
import { useSubmit } from './use-submit';
import { contentOf, lacksOf } from './work';

type Asked = 'publish' | 'discard' | 'show';

/** Writing a broadcast: what it says, to whom, when; beside it what the subscribers will see. */
export function Composer({ broadcast, at }: { broadcast: Broadcast | undefined; at: string | null }) {
  const { t } = useTranslation();
  const { account } = useAccount();
  const { id: accountId } = account;
  const [, navigate] = useLocation();
  const writing = useDraft(accountId, broadcast, at);
  const { draft, isChanged } = writing;
  const { work, timing, base } = draft;
  const reach = useReach(accountId, work.audience);
  const submitting = useSubmit(broadcast, writing);
  const { store, submit, isPending, error, conflict, setConflict } = submitting;

  const [side, setSide] = useState<'write' | 'preview'>('write');
  const [isTried, setTried] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const ask = (question: Asked) => () => setAsked(question);
  const unask = () => setAsked(undefined);

  const lacks = lacksOf(work);
  const lacksTime = timing.how === 'at' && timing.at === null;
  const wrong: Wrong = (field, article) => {
    const isLacking = isTried && lacks.some((lack) => lack.field === field && lack.article === article);
    return isLacking ? t(`composer.lacks.${field}`) : undefined;
  };
  /** Says first what is missing, if anything is. */
  const whenComplete = (act: () => void) => () => {
    setTried(true);
    if (lacks.length === 0) act();
  };
  const isScheduled = broadcast?.status === 'scheduled';
  const press = whenComplete(() => {
    if (timing.how === 'now') setAsked('publish');
    else if (!lacksTime) void submit(scheduleFor(timing, broadcast?.scheduledAt ?? null));
  });
  const isNewer = isChanged && base !== null && broadcast !== undefined && broadcast.version > base.version;

  return (
    <div className="composer">
      <ComposerHeader broadcast={broadcast} onShow={whenComplete(ask('show'))} />
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
            <Button size="small" onPress={ask('discard')}>
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
            <Button size="small" onPress={() => setConflict({ theirs: broadcast })}>
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
              reach={reach}
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
              submitting.setError(undefined);
              writing.time({ how: 'at', at: offer });
            }}
          />
        )}
        <div className="row">
          {!isScheduled && (
            <Button
              pending={isPending && timing.how !== 'now'}
              onPress={whenComplete(() => void submit(undefined))}
            >
              {t('composer.saveDraft')}
            </Button>
          )}
          <Button kind="primary" pending={isPending} onPress={press} isDisabled={isScheduled && !isChanged}>
            {t(`composer.${actionFor(timing, isScheduled)}`)}
          </Button>
        </div>
      </footer>
      {asked === 'publish' && (
        <PublishQuestion
          reach={reach}
          onClose={unask}
          onPublish={() => {
            unask();
            return submit({ now: true });
          }}
        />
      )}
      {asked === 'discard' && <DiscardQuestion onClose={unask} onDiscard={() => writing.adopt(broadcast)} />}
      {asked === 'show' && (
        <PreviewDialog
          accountId={accountId}
          save={async () => (broadcast && !isChanged ? broadcast : await store(undefined)).id}
          onClose={(id) => {
            unask();
            if (id !== undefined && !broadcast) navigate(`/a/${accountId}/compose/${id}`, { replace: true });
          }}
        />
      )}
      {conflict && (
        <ConflictDialog
          draft={draft}
          theirs={conflict.theirs}
          onClose={() => setConflict(undefined)}
          onTakeTheirs={() => {
            setConflict(undefined);
            writing.adopt(conflict.theirs);
          }}
          onKeepMine={() => {
            const { theirs, attempt } = conflict;
            setConflict(undefined);
            // What was only looked at is not saved unasked.
            if (attempt) void submit(attempt.wish, overruling(draft, theirs));
            else writing.overrule(theirs);
          }}
        />
      )}
    </div>
  );
}
