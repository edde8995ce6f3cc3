import type { ReactNode } from 'react';

export function Card({
  title,
  actions,
  children,
  flush = false,
}: {
  title?: string;
  actions?: ReactNode;
  children: ReactNode;
  /** Without padding: for a table or a list that reaches the edges. */
  flush?: boolean;
}) {
  return (
    <section className={`card${flush ? ' flush' : ''}`}>
      {(title !== undefined || actions !== undefined) && (
        <header className="row spread">
          {title !== undefined && <h2>{title}</h2>}
          {actions !== undefined && <div className="row">{actions}</div>}
        </header>
      )}
      <div className="content">{children}</div>
    </section>
  );
}

/** A number that is to be seen first, with what it counts. */
export function Figure({ label, value, note }: { label: string; value: string; note?: ReactNode }) {
  return (
    <div className="card figure-card">
      <span className="soft small">{label}</span>
      <strong className="figure">{value}</strong>
      {note !== undefined && <span className="soft small">{note}</span>}
    </div>
  );
}
