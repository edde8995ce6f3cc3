import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-aria-components';
import { Icon } from './icon';

/** The title of a page, there and in the browser's own; one a page. */
export function PageHeader({
  title,
  subtitle,
  actions,
  back,
}: {
  title: string;
  subtitle?: ReactNode;
  /** Buttons; the most important one last. */
  actions?: ReactNode;
  /** To the page that this one belongs to. */
  back?: { readonly href: string; readonly label: string };
}) {
  const { t } = useTranslation();
  return (
    <header className="page-header">
      <title>{`${title} · ${t('common.fanfare')}`}</title>
      {back && (
        <Link href={back.href} className="back small">
          <Icon name="back" size={16} />
          {back.label}
        </Link>
      )}
      <div className="row spread">
        <div>
          <h1>{title}</h1>
          {subtitle !== undefined && <div className="soft subtitle">{subtitle}</div>}
        </div>
        {actions !== undefined && <div className="row actions">{actions}</div>}
      </div>
    </header>
  );
}
