import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Broadcast } from '../api/types';
import { useAccount } from '../session/account';
import { Card } from '../ui/card';
import { Segments } from '../ui/choices';
import { DiscardQuestion, PublishQuestion } from './asked';
import { AudienceField } from './audience-field';
import { ComposerFooter } from './composer-footer';
import { ComposerHeader } from './composer-header';
import { ComposerNotes } from './composer-notes';
import { ConflictDialog } from './conflict-dialog';
import { ContentFields } from './content-fields';
import { overruling } from './draft';
import { GoingOut } from './going-out';
import { Preview } from './preview';
import { PreviewDialog } from './preview-dialog';
import { Refused } from './refused';
import { FullNote } from './slots-then';
import { scheduleFor } from './timing';
import { TimingField } from './timing-field';
import { useCompleteness } from './use-completeness';
import { useDraft } from './use-draft';
import { useLeadToLack } from './use-lead-to-lack';
import { usePublishQuestion } from './use-publish-question';
import { useReach } from './use-reach';
import { useSubmit } from './use-submit';
import { contentOf, type Timing } from './work';

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
  const [asked, setAsked] = useState<Asked>();
  const ask = (question: Asked) => () => setAsked(question);
  const unask = () => setAsked(undefined);
  const publishing = usePublishQuestion(broadcast?.period ?? null);
  const form = useRef<HTMLDivElement>(null);
  const leadToLack = useLeadToLack(form);

  const { wrong, missing, whenComplete } = useCompleteness(work, timing, () => {
    setSide('write');
    leadToLack();
  });
  const isScheduled = broadcast?.status === 'scheduled';
  const press = whenComplete('schedule', () => {
    if (timing.how === 'now') void publishing.ask(ask('publish'));
    else void submit(scheduleFor(timing, broadcast?.scheduledAt ?? null));
  });
  /** What was refused before is not what is wished now. */
  const retime = (wanted: Timing) => {
    submitting.setError(undefined);
    publishing.forget();
    writing.time(wanted);
  };
  const isNewer = isChanged && base !== null && broadcast !== undefined && broadcast.version > base.version;

  return (
    <div className="composer">
      <ComposerHeader broadcast={broadcast} onShow={whenComplete('save', ask('show'))} />
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
      <ComposerNotes
        isRestored={writing.isRestored}
        isNewer={isNewer}
        onDiscard={ask('discard')}
        onLook={() => broadcast && setConflict({ theirs: broadcast })}
      />
      <div className={`columns shows-${side}`}>
        <div ref={form} className="stack form">
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
              error={missing === 'instant' ? t('composer.lacks.instant') : undefined}
              onChange={retime}
            />
          </Card>
        </div>
        <Preview account={account} content={contentOf(work)} />
      </div>
      <ComposerFooter
        summary={<GoingOut timing={timing} reach={reach} own={broadcast?.period ?? null} />}
        missing={missing}
        refusal={
          <>
            {publishing.full && (
              <FullNote slots={publishing.full} onOffer={(offer) => retime({ how: 'at', at: offer })} />
            )}
            {error !== undefined && (
              <Refused
                error={error}
                wished={timing.how === 'at' ? timing.at : null}
                onOffer={(offer) => retime({ how: 'at', at: offer })}
              />
            )}
          </>
        }
        timing={timing}
        isScheduled={isScheduled}
        isChanged={isChanged}
        isPending={isPending || publishing.isPending}
        onSave={whenComplete('save', () => void submit(undefined))}
        onPress={press}
      />
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
