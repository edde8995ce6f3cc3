import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { isRefusal, refusedFields } from '../api/problem';
import { useRefresh } from '../api/refresh';
import type { Role } from '../session/session';
import { Button } from '../ui/button';
import { ChoiceCards } from '../ui/choices';
import { Dialog } from '../ui/dialog';
import { ProblemNote, useProblemWords } from '../ui/problem-note';
import { TextField } from '../ui/text-field';
import { toasts } from '../ui/toast';

const MEMBERS = '/v1/accounts/{accountId}/members';
const ROLES: readonly Role[] = ['viewer', 'editor', 'owner'];

export function MemberDialog({ accountId, onClose }: { accountId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useProblemWords();
  const refresh = useRefresh();
  const put = api.useMutation('post', MEMBERS, { meta: { shown: 'by-page' } });
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const add = async () => {
    const { name } = await put.mutateAsync({
      params: { path: { accountId } },
      body: { email: email.trim(), role },
    });
    onClose();
    toasts.good(t('settings.memberAdded', { name }));
    await refresh(MEMBERS);
  };
  const isUnknown = isRefusal(put.error, 'unknown-user');
  const emailError = isUnknown ? say(put.error) : refusedFields(put.error).email;
  return (
    <Dialog
      title={t('settings.memberAdd')}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" type="submit" form="add-member" pending={put.isPending}>
            {t('settings.memberAdd')}
          </Button>
        </>
      }
    >
      <form
        id="add-member"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void add().catch(() => undefined);
        }}
      >
        <TextField
          label={t('settings.memberEmail')}
          description={t('settings.memberEmailHelp')}
          type="email"
          isRequired
          autoFocus
          value={email}
          onChange={(typed) => {
            put.reset(); // What was refused is being mended.
            setEmail(typed);
          }}
          error={emailError}
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
        {put.error && emailError === undefined && <ProblemNote error={put.error} />}
      </form>
    </Dialog>
  );
}
