import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { useAccount } from '../session/account';
import { PageHeader } from '../ui/page-header';
import { Tabs } from '../ui/tabs';
import { CloseTab } from './close-tab';
import { KeysTab } from './keys-tab';
import { MembersTab } from './members-tab';
import { ProfileTab } from './profile-tab';
import { QuotaTab } from './quota-tab';
import { tabNamed, tabsFor, type TabId } from './tabs';
import { TimesTab } from './times-tab';
import { WebhooksTab } from './webhooks-tab';
import './settings.css';

const CONTENTS: Readonly<Record<TabId, () => React.JSX.Element>> = {
  profile: ProfileTab,
  times: TimesTab,
  members: MembersTab,
  keys: KeysTab,
  webhooks: WebhooksTab,
  quota: QuotaTab,
  close: CloseTab,
};

export default function SettingsPage() {
  const { t } = useTranslation();
  const { account, may } = useAccount();
  const { tab } = useParams<{ tab?: string }>();
  const offered = tabsFor(may, account.status === 'closed');
  const selected = tabNamed(tab, offered);
  const page = useRef<HTMLDivElement>(null);
  // A phone shows some of the tabs: never without the one that is open.
  useEffect(() => {
    const open = page.current?.querySelector('[role="tab"][aria-selected="true"]');
    open?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [selected]);
  return (
    <div className="settings" ref={page}>
      <PageHeader title={t('session.settings')} subtitle={account.name} />
      <Tabs
        label={t('settings.sections')}
        selected={selected}
        items={offered.map((id) => {
          const Content = CONTENTS[id];
          return {
            id,
            label: t(`settings.tabs.${id}`),
            href: `/a/${account.id}/settings/${id}`,
            content: <Content />,
          };
        })}
      />
    </div>
  );
}
