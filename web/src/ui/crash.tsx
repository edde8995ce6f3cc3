import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button';
import { EmptyState } from './empty-state';

/** Keeps a page that fails from leaving an empty window. */
export class Crash extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Sorry /> : this.props.children;
  }
}

function Sorry() {
  const { t } = useTranslation();
  return (
    <main>
      <EmptyState
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
    </main>
  );
}
