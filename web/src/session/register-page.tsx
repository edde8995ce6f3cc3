import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { api } from '../api/client';
import { refusedFields } from '../api/problem';
import { useRefresh } from '../api/refresh';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { ChoiceCards } from '../ui/choices';
import { PageHeader } from '../ui/page-header';
import { ProblemNote } from '../ui/problem-note';
import { ComboField } from '../ui/select';
import { TextField } from '../ui/text-field';
import { handleFrom, isHandle } from './handle';
import { useSessionRefresh } from './session';

const ZONES = Intl.supportedValuesOf('timeZone').map((zone) => ({
  id: zone,
  label: zone.replaceAll('_', ' '),
}));

export default function RegisterPage() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const refreshSession = useSessionRefresh();
  const refresh = useRefresh();
  const register = api.useMutation('post', '/v1/accounts', { meta: { shown: 'by-page' } });
  const [name, setName] = useState('');
  const [ownHandle, setHandle] = useState<string>();
  const [type, setType] = useState<'service' | 'subscription'>('service');
  const [timeZone, setTimeZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [description, setDescription] = useState('');
  const [isTried, setTried] = useState(false);
  const handle = ownHandle ?? handleFrom(name);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (!isHandle(handle)) return;
    const body = { name, handle, type, timeZone, ...(description !== '' && { description }) };
    const { id } = await register.mutateAsync({ body });
    await Promise.all([refreshSession(), refresh('/v1/accounts')]);
    navigate(`/a/${id}/calendar`);
  };
  const fields = refusedFields(register.error);
  const wrongHandle = isTried && !isHandle(handle) ? t('session.handleError') : fields.handle;
  return (
    <div className="narrow">
      <PageHeader title={t('session.registerTitle')} subtitle={t('session.registerText')} />
      <Card>
        <form
          onSubmit={(event) => void submit(event).catch(() => undefined)}
          // What was refused is not what stands there any more: else its field would keep the form from being sent again.
          onChange={() => {
            if (register.isError) register.reset();
          }}
          className="stack"
        >
          <TextField
            label={t('session.brandName')}
            isRequired
            maxLength={80}
            value={name}
            onChange={setName}
            error={fields.name}
          />
          <TextField
            label={t('session.handle')}
            description={t('session.handleHelp')}
            isRequired
            prefix="@"
            maxLength={30}
            value={handle}
            onChange={setHandle}
            error={wrongHandle}
          />
          <ChoiceCards
            label={t('session.type')}
            value={type}
            onChange={setType}
            options={[
              {
                id: 'service',
                label: t('common.accountType.service'),
                description: t('session.typeService'),
                icon: 'user',
              },
              {
                id: 'subscription',
                label: t('common.accountType.subscription'),
                description: t('session.typeSubscription'),
                icon: 'folder',
              },
            ]}
          />
          <ComboField
            label={t('session.timeZone')}
            description={t('session.timeZoneHelp')}
            options={ZONES}
            value={timeZone}
            onChange={setTimeZone}
            error={fields.timeZone}
          />
          <TextField
            label={t('session.description')}
            description={t('session.descriptionHelp')}
            lines={3}
            limit={1000}
            value={description}
            onChange={setDescription}
            error={fields.description}
          />
          {register.error && <ProblemNote error={register.error} />}
          <div>
            <Button type="submit" kind="primary" size="large" pending={register.isPending}>
              {t('session.register')}
            </Button>
          </div>
        </form>
      </Card>
    </div>
  );
}
