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
  account: Pick<Account, 'id' | 'name'>;
  move: Move;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const { act, isPending, error } = useMove(move, { shown: 'by-page' });
  const isRequired = needsReason(move);
  const submit = () => {
    act(account, reason.trim()).then(onClose, () => undefined); // a refusal is shown below
  };
  return (
    <Dialog
      title={t(`admin.moveTitle.${move}`, { name: account.name })}
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
            {t(`admin.moves.${move}`)}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{t(`admin.moveText.${move}`)}</p>
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
