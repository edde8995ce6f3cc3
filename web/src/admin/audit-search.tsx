import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { DateTimeField } from '../ui/date-time-field';
import { Select } from '../ui/select';
import { TextField } from '../ui/text-field';
import { useTimeZone } from '../ui/time-zone';
import { ACTIONS, filled, type AuditFilters } from './audit';

const ANY = 'any';

/** What is searched for stands in the address, so that it can be handed on. */
export function AuditSearch({
  filters,
  onSearch,
}: {
  filters: AuditFilters;
  onSearch: (filters: AuditFilters) => void;
}) {
  const { t } = useTranslation();
  const timeZone = useTimeZone();
  const [wanted, setWanted] = useState(filters);
  const set = (change: Partial<Record<keyof AuditFilters, string>>) => setWanted({ ...wanted, ...change });
  const { actor = '', subject = '', action = ANY, from = null, to = null } = wanted;
  const actions = ACTIONS.some((one) => one === action) || action === ANY ? ACTIONS : [action, ...ACTIONS];
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSearch(filled({ ...wanted, action: action === ANY ? '' : action }));
  };
  return (
    <Card>
      <form className="audit-search" role="search" aria-label={t('session.adminAudit')} onSubmit={submit}>
        <TextField
          label={t('admin.subject')}
          placeholder="account:…"
          value={subject}
          onChange={(text) => set({ subject: text })}
          isRequired={false}
        />
        <TextField
          label={t('admin.who')}
          placeholder="user:…"
          value={actor}
          onChange={(text) => set({ actor: text })}
        />
        <Select
          label={t('admin.what')}
          options={[{ id: ANY, label: t('admin.anything') }, ...actions.map((id) => ({ id, label: id }))]}
          value={action}
          onChange={(chosen) => set({ action: chosen })}
        />
        <DateTimeField
          label={t('admin.from')}
          description=""
          value={from}
          onChange={(iso) => set({ from: iso ?? '' })}
          timeZone={timeZone}
        />
        <DateTimeField
          label={t('admin.to')}
          description=""
          value={to}
          onChange={(iso) => set({ to: iso ?? '' })}
          timeZone={timeZone}
        />
        <div className="row buttons">
          <Button kind="quiet" onPress={() => onSearch({})}>
            {t('common.clear')}
          </Button>
          <Button kind="primary" type="submit" icon="search">
            {t('common.search')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
