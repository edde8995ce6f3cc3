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
import { TextField } from '../ui/text-field';

const INVITATIONS = '/v1/accounts/{accountId}/invitations';
const ROLES: readonly Role[] = ['viewer', 'editor', 'owner'];

/** Invites somebody by a link: nobody becomes a member without accepting it. */
export function MemberDialog({
  accountId,
  onClose,
  onInvited,
}: {
  accountId: string;
  onClose: () => void;
  /** With the link, which is not shown a second time. */
  onInvited: (link: string) => void;
}) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const invite = api.useMutation('post', INVITATIONS, { meta: { shown: 'by-page' } });
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const add = async () => {
    const address = email.trim();
    const body = { role, ...(address !== '' && { email: address }) };
    const { link } = await invite.mutateAsync({ params: { path: { accountId } }, body });
    onInvited(link);
    await refresh(INVITATIONS);
  };
  const emailError = refusedFields(invite.error).email;
  return (
    <Dialog
      title={t('settings.memberAdd')}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" type="submit" form="add-member" pending={invite.isPending}>
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
          autoFocus
          value={email}
          onChange={(typed) => {
            invite.reset(); // What was refused is being mended.
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
        {invite.error && emailError === undefined && <ProblemNote error={invite.error} />}
      </form>
    </Dialog>
  );
}
