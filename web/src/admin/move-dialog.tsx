import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../api/types';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { ProblemNote } from '../ui/problem-note';
import { TextField } from '../ui/text-field';
import { needsReason, type Move } from './account-moves';
import { useMove } from './use-move';

/** Asks for the reason, which the audit log keeps, and says what will follow. */
export function MoveDialog({
  account,
  move,
  onClose,
}: {
  account: Pick<Account, 'id' | 'name' | 'status'>;
  move: Move;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const { act, isPending, error } = useMove(move, { shown: 'by-page' });
  const isRequired = needsReason(move);
  // Nothing of a first applicant is scheduled or followed yet.
  const words = move === 'close' && account.status === 'pending' ? 'turnDown' : move;
  const submit = () => {
    act(account, reason.trim()).then(onClose, () => undefined); // a refusal is shown below
  };
  return (
    <Dialog
      title={t(`admin.moveTitle.${words}`, { name: account.name })}
      isOpen
      onClose={onClose}
      size="small"
      alert={isRequired}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            kind={isRequired ? 'danger' : 'primary'}
            pending={isPending}
            isDisabled={isRequired && reason.trim() === ''}
            onPress={submit}
          >
            {t(`admin.moves.${words}`)}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{t(`admin.moveText.${words}`)}</p>
        <TextField
          label={t('admin.reason')}
          description={t('admin.reasonHelp')}
          lines={3}
          limit={500}
          maxLength={500}
          value={reason}
          onChange={setReason}
          isRequired={isRequired}
        />
        {error !== null && <ProblemNote error={error} />}
      </div>
    </Dialog>
  );
}
