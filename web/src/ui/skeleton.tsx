import { useTranslation } from 'react-i18next';

/** The shape of what is still loading. */
export function Skeleton({
  lines = 3,
  kind = 'text',
}: {
  lines?: number;
  kind?: 'text' | 'rows' | 'cards' | 'block';
}) {
  const { t } = useTranslation();
  return (
    <div className={`skeleton ${kind}`} role="status">
      <span className="unseen">{t('common.loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} aria-hidden />
      ))}
    </div>
  );
}
