import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Doorstep } from './doorstep';
import { Panes } from './panes';
import { ReaderContext } from './use-reader';
import { SomebodyElse } from './somebody-else';
import { usePerson } from './token';
import './inbox.css';

/** The reference client of a subscriber: alone in a window, or in a frame of the operator's app. */
export default function InboxPage() {
  const { held, lack, offered, answer, take, end, drop, askAgain } = usePerson();
  const [isErased, setErased] = useState(false);
  useForgetting(held?.sub);
  if (isErased) return <Erased onAgain={() => setErased(false)} />;
  const onErased = () => {
    setErased(true);
    drop();
  };
  return (
    <>
      {held ? (
        <ReaderContext value={held.sub}>
          <Panes key={held.sub} onRefused={end} onErased={onErased} />
        </ReaderContext>
      ) : (
        <Doorstep lack={lack} take={take} onAskAgain={askAgain} />
      )}
      {offered && <SomebodyElse offered={offered} reader={held?.sub} onAnswer={answer} />}
    </>
  );
}

/** With another person, all that the last one was shown is forgotten. */
function useForgetting(sub: string | undefined): void {
  const queries = useQueryClient();
  const last = useRef(sub);
  useEffect(() => {
    if (sub === undefined) return;
    if (last.current !== undefined && last.current !== sub) void queries.resetQueries();
    last.current = sub;
  }, [sub, queries]);
}

function Erased({ onAgain }: { onAgain: () => void }) {
  const { t } = useTranslation();
  return (
    <main className="doorstep">
      <h1 className="unseen">{t('inbox.title')}</h1>
      <EmptyState
        icon="check"
        title={t('inbox.erasedTitle')}
        action={<Button onPress={onAgain}>{t('inbox.startAnew')}</Button>}
      >
        {t('inbox.erasedText')}
      </EmptyState>
    </main>
  );
}
