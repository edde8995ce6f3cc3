import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../api/types';
import { useAccount } from '../session/account';
import { Avatar } from '../ui/avatar';
import { Card } from '../ui/card';
import { ProfileForm } from './profile-form';

export function ProfileTab() {
  const { account, may } = useAccount();
  const mayChange = may('owner') && account.status !== 'closed';
  return <div className="measure">{mayChange ? <ProfileForm /> : <ProfileFacts account={account} />}</div>;
}

/** For those who may look and not change. */
function ProfileFacts({ account }: { account: Account }) {
  const { t } = useTranslation();
  const { name, handle, avatarUrl, description, type, timeZone, status } = account;
  return (
    <Card>
      <div className="stack">
        <div className="row identity">
          <Avatar name={name} url={avatarUrl} size="large" />
          <div>
            <h2>{name}</h2>
            <span className="soft">
              <bdi>@{handle}</bdi>
            </span>
          </div>
        </div>
        <dl className="facts">
          <Fact name={t('settings.description')}>
            {description ?? <span className="soft">{t('settings.descriptionNone')}</span>}
          </Fact>
          <Fact name={t('settings.type')}>{t(`common.accountType.${type}`)}</Fact>
          <Fact name={t('settings.timeZone')}>{timeZone.replaceAll('_', ' ')}</Fact>
        </dl>
        {status !== 'closed' && <p className="soft small">{t('settings.ownersOnly')}</p>}
      </div>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="soft small">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
