import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';

export interface TabItem<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** Where the tab has an address of its own. */
  readonly href?: string;
  readonly content: ReactNode;
}

export function Tabs<Id extends string>({
  label,
  items,
  selected,
  onChange,
}: {
  label: string;
  items: readonly TabItem<Id>[];
  selected: Id;
  onChange?: (id: Id) => void;
}) {
  return (
    <AriaTabs
      className="tabs"
      selectedKey={selected}
      onSelectionChange={(key) => onChange?.(key as Id)}
      keyboardActivation="manual"
    >
      <TabList aria-label={label} className="tab-list">
        {items.map(({ id, label: words, href }) => (
          <Tab key={id} id={id} className="tab" {...(href !== undefined && { href })}>
            {words}
          </Tab>
        ))}
      </TabList>
      {items.map(({ id, content }) => (
        <TabPanel key={id} id={id} className="tab-panel">
          {content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
