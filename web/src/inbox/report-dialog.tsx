import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { ProblemNote } from '../ui/problem-note';
import { TextField } from '../ui/text-field';
import { toasts } from '../ui/toast';
import type { Received } from './shapes';
import { usePreviews } from './use-previews';

const LONGEST = 1_000;

/** A complaint to the operator. */
export function ReportDialog({
  broadcast,
  isOpen,
  onClose,
}: {
  broadcast: Received;
  isOpen: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const { preview, accountId } = broadcast;
  const { ended } = usePreviews();
  const report = api.useMutation('post', '/v1/me/reports', { meta: { shown: 'by-page' } });
  const close = () => {
    report.reset();
    onClose();
  };
  const send = async () => {
    await report.mutateAsync({ body: { broadcastId: broadcast.id, reason: reason.trim() } });
    setReason('');
    close();
    toasts.good(t('inbox.reported'));
    // The brand may show none any more.
    if (preview) await ended(accountId);
  };
  const isReady = reason.trim() !== '' && [...reason].length <= LONGEST;
  return (
    <Dialog
      title={t(preview ? 'inbox.reportPreviewTitle' : 'inbox.reportTitle')}
      isOpen={isOpen}
      onClose={close}
      size="small"
      footer={
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          <Button
            kind="primary"
            isDisabled={!isReady}
            pending={report.isPending}
            onPress={() => void send().catch(() => undefined)} // the note below says it
          >
            {t('inbox.reportSend')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p className="soft">{t(preview ? 'inbox.reportPreviewHint' : 'inbox.reportHint')}</p>
        <TextField
          label={t('inbox.reportReason')}
          lines={4}
          limit={LONGEST}
          value={reason}
          onChange={setReason}
          isRequired
          autoFocus
        />
        {report.error && <ProblemNote error={report.error} />}
      </div>
    </Dialog>
  );
}
