import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { api } from '../api/client';
import { useRefresh } from '../api/refresh';
import { useAccount } from '../session/account';
import { Button } from '../ui/button';
import { useProblemWords } from '../ui/problem-note';
import { TextField } from '../ui/text-field';
import { toasts } from '../ui/toast';

export function NewTag() {
  const { t } = useTranslation();
  const { account } = useAccount();
  const [, navigate] = useLocation();
  const refresh = useRefresh();
  const say = useProblemWords();
  const [name, setName] = useState('');
  const create = api.useMutation('post', '/v1/accounts/{accountId}/tags', { meta: { shown: 'by-page' } });
  const make = async () => {
    const tag = await create.mutateAsync({
      params: { path: { accountId: account.id } },
      body: { name: name.trim() },
    });
    await refresh('/v1/accounts/{accountId}/tags');
    setName('');
    toasts.good(t('followers.made', { name: tag.name }));
    navigate(`/a/${account.id}/followers?tag=${tag.id}`);
  };
  return (
    <form
      className="new-tag"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') void make().catch(() => undefined); // the field says it
      }}
    >
      <TextField
        label={t('followers.newTag')}
        placeholder={t('followers.newTagPlaceholder')}
        value={name}
        onChange={(text) => {
          setName(text);
          create.reset();
        }}
        error={create.error ? say(create.error) : undefined}
        isRequired
        maxLength={64}
        autoComplete="off"
      />
      <Button type="submit" icon="plus" pending={create.isPending}>
        {t('followers.make')}
      </Button>
    </form>
  );
}
