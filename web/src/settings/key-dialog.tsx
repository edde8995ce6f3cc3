import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { refusedFields } from '../api/problem';
import { useRefresh } from '../api/refresh';
import type { Role } from '../session/session';
import { Button } from '../ui/button';
import { ChoiceCards } from '../ui/choices';
import { Dialog } from '../ui/dialog';
import { ProblemNote } from '../ui/problem-note';
import { Select } from '../ui/select';
import { TextField } from '../ui/text-field';
import { endOf, LIFETIMES, type Lifetime } from './keys';

const KEYS = '/v1/accounts/{accountId}/api-keys';
const ROLES: readonly Role[] = ['viewer', 'editor', 'owner'];

export function KeyDialog({
  accountId,
  onClose,
  onMade,
}: {
  accountId: string;
  onClose: () => void;
  /** With the secret, which nobody is told a second time. */
  onMade: (secret: string) => void;
}) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const create = api.useMutation('post', KEYS, { meta: { shown: 'by-page' } });
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const [lifetime, setLifetime] = useState<Lifetime>('never');
  const make = async () => {
    const body = { name, role, expiresAt: endOf(lifetime, Date.now()) };
    const { secret } = await create.mutateAsync({ params: { path: { accountId } }, body });
    onMade(secret);
    await refresh(KEYS);
  };
  const wrongName = refusedFields(create.error).name;
  return (
    <Dialog
      title={t('settings.keyAdd')}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" type="submit" form="make-key" pending={create.isPending}>
            {t('settings.keyAdd')}
          </Button>
        </>
      }
    >
      <form
        id="make-key"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void make().catch(() => undefined);
        }}
      >
        <TextField
          label={t('settings.keyName')}
          placeholder={t('settings.keyNameExample')}
          isRequired
          autoFocus
          maxLength={100}
          value={name}
          onChange={(typed) => {
            create.reset(); // What was refused is being mended.
            setName(typed);
          }}
          error={wrongName}
        />
        <ChoiceCards
          label={t('settings.role')}
          value={role}
          onChange={setRole}
          options={ROLES.map((id) => ({
            id,
            label: t(`common.role.${id}`),
            description: t(`settings.roleHelp.${id}`),
          }))}
        />
        <Select
          label={t('settings.keyEnds')}
          value={lifetime}
          onChange={setLifetime}
          options={LIFETIMES.map((id) => ({ id, label: t(`settings.lifetimes.${id}`) }))}
        />
        {create.error && wrongName === undefined && <ProblemNote error={create.error} />}
      </form>
    </Dialog>
  );
}
