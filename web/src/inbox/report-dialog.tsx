import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { ProblemNote } from '../ui/problem-note';
import { TextField } from '../ui/text-field';
import { toasts } from '../ui/toast';

const LONGEST = 1_000;

/** A complaint to the operator. */
export function ReportDialog({
  broadcastId,
  isOpen,
  onClose,
}: {
  broadcastId: string;
  isOpen: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const report = api.useMutation('post', '/v1/me/reports', { meta: { shown: 'by-page' } });
  const close = () => {
    report.reset();
    onClose();
  };
  const send = async () => {
    await report.mutateAsync({ body: { broadcastId, reason: reason.trim() } });
    setReason('');
    close();
    toasts.good(t('inbox.reported'));
  };
  const isReady = reason.trim() !== '' && [...reason].length <= LONGEST;
  return (
    <Dialog
      title={t('inbox.reportTitle')}
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
        <p className="soft">{t('inbox.reportHint')}</p>
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
