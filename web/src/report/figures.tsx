import { useTranslation } from 'react-i18next';
import type { Shape } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { Figure } from '../ui/card';

/** What is to be seen first. */
export function Figures({ report }: { report: Shape<'BroadcastReport'> }) {
  const { t } = useTranslation();
  const { number, percent } = useFormat();
  const { recipients, reads, unfollows, reports } = report;
  return (
    <section aria-label={t('report.figures')} className="cards-grid">
      <Figure
        label={t('report.recipients')}
        value={number(recipients)}
        note={t(recipients === 0 ? 'report.nobody' : 'report.recipientsNote')}
      />
      <Figure
        label={t('report.reads')}
        value={number(reads)}
        note={recipients > 0 && t('report.rate', { share: percent(reads / recipients) })}
      />
      <Figure label={t('report.unfollows')} value={number(unfollows)} note={t('report.unfollowsNote')} />
      <Figure label={t('report.reports')} value={number(reports)} note={t('report.reportsNote')} />
    </section>
  );
}
