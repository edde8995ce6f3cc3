import { Component, useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { tabStorage } from '../storage';
import { Button } from './button';
import { EmptyState } from './empty-state';
import { PartNotLoaded } from './lazy-part';

/** Keeps a page that fails from leaving an empty window. */
export class Crash extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: undefined as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return error instanceof PartNotLoaded ? <NotLoaded /> : <Sorry />;
  }
}

function Sorry() {
  const { t } = useTranslation();
  return (
    <EmptyState
      isPage
      icon="warning"
      title={t('common.brokenTitle')}
      action={
        <Button kind="primary" onPress={() => location.reload()}>
          {t('common.reload')}
        </Button>
      }
    >
      {t('common.brokenText')}
    </EmptyState>
  );
}

const RELOADED_AT = 'fanfare.reloaded-at';
const LOOK_AGAIN_MS = 5_000;
/** So that a file that is missing for good does not have the page load again and again. */
const RELOAD_AGAIN_MS = 60_000;

/** Loads the page again by itself as soon as the server answers: with its newer version, if there is one. */
function NotLoaded() {
  const { t } = useTranslation();
  useEffect(() => {
    const look = () => void reloadWhenReachable();
    const timer = setInterval(look, LOOK_AGAIN_MS);
    window.addEventListener('online', look);
    look();
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', look);
    };
  }, []);
  return (
    <EmptyState
      isPage
      icon="refresh"
      title={t('common.notLoadedTitle')}
      action={
        <Button kind="primary" onPress={() => location.reload()}>
          {t('common.reload')}
        </Button>
      }
    >
      {t('common.notLoadedText')}
    </EmptyState>
  );
}

async function reloadWhenReachable(): Promise<void> {
  const last = Number(tabStorage.getItem(RELOADED_AT) ?? 0);
  if (Date.now() - last < RELOAD_AGAIN_MS) return;
  const answer = await fetch('/', { cache: 'no-store' }).catch(() => undefined);
  if (!answer?.ok) return;
  tabStorage.setItem(RELOADED_AT, String(Date.now()));
  location.reload();
}
