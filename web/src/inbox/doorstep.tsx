import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { TextField } from '../ui/text-field';
import { threadIn } from './addresses';
import type { Lack } from './token';

const ICONS = { none: 'inbox', notified: 'bell', ended: 'clock', asked: 'user' } as const;

/** Where nobody has said who is looking. */
export function Doorstep({
  lack,
  take,
  onAskAgain,
}: {
  lack: Lack;
  take: (token: string) => boolean;
  onAskAgain: () => void;
}) {
  const { t } = useTranslation();
  const [path] = useLocation();
  // A notification has led here, while no inbox was open that knew who is looking.
  const isNotified = lack === 'none' && threadIn(path) !== undefined;
  const why = isNotified ? 'notified' : lack;
  return (
    <main className="doorstep">
      <title>{`${t('inbox.title')} · ${t('common.fanfare')}`}</title>
      <h1 className="unseen">{t('inbox.title')}</h1>
      {lack === 'asked' ? (
        <Asked onAskAgain={onAskAgain} />
      ) : (
        <>
          <EmptyState icon={ICONS[why]} title={t(`inbox.${why}Title`)}>
            {t(`inbox.${why}Text`)}
          </EmptyState>
          <TryOut take={take} />
        </>
      )}
    </main>
  );
}

/** An app answers at once, as a rule; after this time the person is offered something to do. */
const USUAL_ANSWER_MS = 5_000;

/** While the app around the frame has not said who is looking. */
function Asked({ onAskAgain }: { onAskAgain: () => void }) {
  const { t } = useTranslation();
  const [attempt, setAttempt] = useState(1);
  const [lateAttempt, setLateAttempt] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setLateAttempt(attempt), USUAL_ANSWER_MS);
    return () => clearTimeout(timer);
  }, [attempt]);
  const isLate = lateAttempt === attempt;
  const tryAgain = () => {
    setAttempt(attempt + 1);
    onAskAgain();
  };
  return (
    <EmptyState
      icon={ICONS.asked}
      title={t(isLate ? 'inbox.unansweredTitle' : 'inbox.askedTitle')}
      action={isLate && <Button onPress={tryAgain}>{t('common.retry')}</Button>}
    >
      {t(isLate ? 'inbox.unansweredText' : 'inbox.askedText')}
    </EmptyState>
  );
}

/** As somebody who sets Fanfare up would come in: by the same door as the operator's app. */
function TryOut({ take }: { take: (token: string) => boolean }) {
  const { t } = useTranslation();
  const [token, setToken] = useState('');
  const [isWrong, setWrong] = useState(false);
  return (
    <details className="try-out">
      <summary>{t('inbox.tryOut')}</summary>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          setWrong(!take(token));
        }}
      >
        <p className="soft small">{t('inbox.tryOutText')}</p>
        <pre tabIndex={0}>
          <code>
            {`curl ${location.origin}/v1/admin/subscriber-tokens \\
  -H 'authorization: Bearer <admin key>' \\
  -H 'content-type: application/json' \\
  -d '{"sub": "ana"}'`}
          </code>
        </pre>
        <TextField
          label={t('inbox.token')}
          value={token}
          onChange={(text) => {
            setToken(text);
            setWrong(false);
          }}
          error={isWrong ? t('inbox.tokenWrong') : undefined}
          isRequired
          autoComplete="off"
        />
        <Button type="submit" kind="primary">
          {t('inbox.open')}
        </Button>
      </form>
    </details>
  );
}
