import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Shape } from '../api/types';
import { Card } from '../ui/card';
import { Table } from '../ui/table';

type Format = Shape<'ImportFormat'>;
type Field = Format['columns'][number]['field'];

const SEPARATORS: Readonly<Record<string, 'comma' | 'semicolon' | 'tab'>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
};
const ENCODINGS = { 'utf-8': 'UTF-8', 'utf-16le': 'UTF-16 (LE)', 'utf-16be': 'UTF-16 (BE)' } as const;

/** How the file was read: a column that was taken for another one is seen here. */
export function ImportFormat({ format, fileName }: { format: Format | undefined; fileName: string }) {
  const { t } = useTranslation();
  if (!format) return null;
  const { form, encoding, separator, columns } = format;
  const between = SEPARATORS[separator ?? ''];
  const facts = [
    fileName,
    form === 'csv' ? 'CSV' : 'NDJSON',
    ENCODINGS[encoding],
    ...(between ? [t(`imports.separated.${between}`)] : []),
  ];
  return (
    <Card title={t('imports.understood')} flush={columns.length > 0}>
      <p className="soft small import-facts">
        {facts.map((fact, index) => (
          <Fragment key={fact}>
            {index > 0 && ' · '}
            <bdi>{fact}</bdi>
          </Fragment>
        ))}
      </p>
      {form === 'ndjson' ? (
        <p>{t('imports.ndjson')}</p>
      ) : (
        <Table
          caption={t('imports.understood')}
          rows={columns}
          rowKey={({ field }) => field}
          columns={[
            { id: 'header', title: t('imports.column'), cell: ({ header }) => <bdi>{header}</bdi> },
            {
              id: 'field',
              title: t('imports.meaning'),
              cell: ({ field }: { field: Field }) => t(`imports.field.${field}`),
            },
          ]}
          empty={<p>{t('imports.noColumns')}</p>}
        />
      )}
    </Card>
  );
}
