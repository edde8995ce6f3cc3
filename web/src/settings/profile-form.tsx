import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../api/client';
import { isRefusal, refusedFields } from '../api/problem';
import type { Account } from '../api/types';
import { useAccount } from '../session/account';
import { Avatar } from '../ui/avatar';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { ChoiceCards } from '../ui/choices';
import { Note } from '../ui/note';
import { ProblemNote } from '../ui/problem-note';
import { ComboField } from '../ui/select';
import { TextField } from '../ui/text-field';
import { toasts } from '../ui/toast';
import { InTheWay } from './in-the-way';
import { changedFields, changesOf, profileOf, rebased, recounts, type Field } from './profile';
import { useAccountChange } from './use-account-change';

const ZONES = Intl.supportedValuesOf('timeZone').map((zone) => ({
  id: zone,
  label: zone.replaceAll('_', ' '),
}));

/** Browsers list each zone under one of its names; an account may have been registered with another. */
function zonesWith(own: string): typeof ZONES {
  return ZONES.some(({ id }) => id === own)
    ? ZONES
    : [{ id: own, label: own.replaceAll('_', ' ') }, ...ZONES];
}

export function ProfileForm() {
  const { t } = useTranslation();
  const { account } = useAccount();
  const [base, setBase] = useState<Account>(account);
  const before = profileOf(base);
  const [profile, setProfile] = useState(before);
  const { change, error, isPending, reset } = useAccountChange(account.id);
  const set = (field: Field) => (value: string) => {
    reset(); // What was refused is being mended.
    setProfile((typed) => ({ ...typed, [field]: value }));
  };
  const isChanged = changedFields(before, profile).length > 0;

  const save = async () => {
    try {
      const saved = await change(base.version, changesOf(before, profile));
      setBase(saved);
      setProfile(profileOf(saved));
      toasts.good(t(saved.pendingChanges ? 'settings.profileWaits' : 'settings.profileSaved'));
    } catch (refused) {
      if (!isRefusal(refused, 'version-conflict')) return;
      const { data: theirs } = await client.GET('/v1/accounts/{accountId}', {
        params: { path: { accountId: account.id } },
      });
      if (!theirs) return;
      setBase(theirs);
      setProfile(rebased(before, profile, profileOf(theirs)));
    }
  };
  const discard = () => {
    reset();
    setBase(account);
    setProfile(profileOf(account));
  };

  const fields = refusedFields(error);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Card title={t('settings.profile')}>
        <div className="stack">
          {base.pendingChanges && <Waits account={base} />}
          <div className="row identity">
            <Avatar
              name={profile.name || base.name}
              url={/^https?:\/\/./i.test(profile.avatarUrl) ? profile.avatarUrl : null}
              size="large"
            />
            <div>
              <strong>{profile.name || base.name}</strong>
              <div className="soft small">
                <bdi>@{base.handle}</bdi>
              </div>
            </div>
          </div>
          <TextField
            label={t('settings.name')}
            isRequired
            maxLength={80}
            value={profile.name}
            onChange={set('name')}
            error={fields.name}
          />
          <TextField
            label={t('settings.description')}
            description={t('settings.descriptionHelp')}
            lines={3}
            limit={1000}
            value={profile.description}
            onChange={set('description')}
            error={fields.description}
          />
          <TextField
            label={t('settings.avatar')}
            description={t('settings.avatarHelp')}
            type="url"
            placeholder="https://"
            value={profile.avatarUrl}
            onChange={set('avatarUrl')}
            error={fields.avatarUrl}
          />
        </div>
      </Card>
      <Card title={t('settings.counting')}>
        <div className="stack">
          <p className="soft">{t('settings.countingHelp')}</p>
          <ChoiceCards
            label={t('settings.type')}
            value={profile.type}
            onChange={set('type')}
            options={[
              {
                id: 'service',
                label: t('common.accountType.service'),
                description: t('settings.typeService'),
                icon: 'user',
              },
              {
                id: 'subscription',
                label: t('common.accountType.subscription'),
                description: t('settings.typeSubscription'),
                icon: 'folder',
              },
            ]}
          />
          <ComboField
            label={t('settings.timeZone')}
            description={t('settings.timeZoneHelp')}
            options={zonesWith(base.timeZone)}
            value={profile.timeZone}
            onChange={set('timeZone')}
            error={fields.timeZone}
          />
          {recounts(before, profile) && <Note>{t('settings.recount')}</Note>}
        </div>
      </Card>
      {error && <Refused error={error} />}
      <div className="row">
        <Button type="submit" kind="primary" pending={isPending} isDisabled={!isChanged}>
          {t('settings.saveChanges')}
        </Button>
        {isChanged && <Button onPress={discard}>{t('settings.discard')}</Button>}
      </div>
    </form>
  );
}

/** What was changed and nobody else sees yet. */
function Waits({ account: { name, pendingChanges } }: { account: Account }) {
  const { t } = useTranslation();
  return (
    <Note>
      <strong>{t('settings.waitsTitle')}</strong>
      {pendingChanges?.name !== undefined && <p>{t('settings.waitsName', { name })}</p>}
      {pendingChanges?.avatarUrl !== undefined && <p>{t('settings.waitsPicture')}</p>}
    </Note>
  );
}

function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (isRefusal(error, 'scheduled-broadcasts-in-the-way')) return <InTheWay error={error} />;
  if (!isRefusal(error, 'version-conflict')) return <ProblemNote error={error} />;
  return (
    <div role="alert">
      <Note tone="warn">
        <strong>{t('settings.conflictTitle')}</strong>
        <p>{t('settings.conflictText')}</p>
      </Note>
    </div>
  );
}
