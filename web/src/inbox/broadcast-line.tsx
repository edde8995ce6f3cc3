import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useFormat } from '../i18n/use-format';
import { Badge } from '../ui/badge';
import { IconButton } from '../ui/button';
import { ContentPreview } from '../ui/content';
import { useCopying } from '../ui/copying';
import { Icon } from '../ui/icon';
import { Menu, type Action } from '../ui/menu';
import { useTimeZone } from '../ui/time-zone';
import { articlePath } from './addresses';
import { ReportDialog } from './report-dialog';
import type { Received } from './shapes';
import { gistOf } from './thread';
import { usePreviews } from './use-previews';

export function BroadcastLine({ broadcast }: { broadcast: Received }) {
  const { t } = useTranslation();
  const format = useFormat();
  const timeZone = useTimeZone();
  const [, navigate] = useLocation();
  const { id, accountId, content, publishedAt, preview } = broadcast;
  if (!content) {
    return (
      <p className="recalled-line soft small">
        <Icon name="undo" size={14} /> {t('inbox.recalled')}
      </p>
    );
  }
  return (
    <div className="broadcast-line" data-broadcast={id}>
      {preview && (
        <p className="row small soft">
          <Badge tone="info">{t('inbox.preview')}</Badge> {t('inbox.previewNote')}
        </p>
      )}
      <div className="beside">
        <ContentPreview
          content={content}
          onOpenArticle={(index) => {
            navigate(articlePath(accountId, id, index));
          }}
        />
        <BroadcastMenu broadcast={broadcast} />
      </div>
      <time className="soft small figure" dateTime={publishedAt}>
        {format.time(publishedAt, timeZone)}
      </time>
    </div>
  );
}

function BroadcastMenu({ broadcast }: { broadcast: Received }) {
  const { t } = useTranslation();
  const [isReporting, setReporting] = useState(false);
  const copy = useCopying();
  const { hide } = usePreviews();
  const text = gistOf(broadcast);
  const actions: Action[] = [];
  if (text !== undefined) {
    actions.push({ id: 'copy', icon: 'copy', label: t('inbox.copyText'), onAction: () => void copy(text) });
  }
  if (broadcast.preview) {
    actions.push({
      id: 'hide',
      icon: 'close',
      label: t('inbox.hidePreview'),
      onAction: () => void hide(broadcast).catch(() => undefined), // a toast says it
    });
  }
  actions.push({
    id: 'report',
    icon: 'flag',
    label: t('inbox.report'),
    onAction: () => setReporting(true),
  });
  const label = t(broadcast.preview ? 'inbox.moreOnPreview' : 'inbox.moreOnBroadcast');
  return (
    <>
      <Menu label={label} trigger={<IconButton icon="more" label={label} size="small" />} actions={actions} />
      <ReportDialog broadcast={broadcast} isOpen={isReporting} onClose={() => setReporting(false)} />
    </>
  );
}
