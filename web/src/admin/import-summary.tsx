import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { downloadFile } from '../ui/download';
import { Table } from '../ui/table';
import { toasts } from '../ui/toast';
import type { ImportResult } from './import-upload';

const ERRORS_SHOWN = 20;

const COUNTS = ['updated', 'unchanged', 'tagsCreated', 'rejected'] as const;

/** What an import would do, or has done, in words; and the lines that it refuses. */
export function ImportSummary({
  result,
  dryRun,
  fileName,
}: {
  result: ImportResult;
  dryRun: boolean;
  fileName: string;
}) {
  const { t } = useTranslation();
  const f = useFormat();
  const { imported } = result;
  const counted = { count: imported, amount: f.number(imported) };
  return (
    <>
      <Card>
        <h2>{dryRun ? t('imports.wouldFollow', counted) : t('imports.follow', counted)}</h2>
        <dl className="import-counts">
          {COUNTS.map((what) => (
            <div key={what}>
              <dt>{t(`imports.count.${what}`)}</dt>
              <dd className="figure">{f.number(result[what])}</dd>
            </div>
          ))}
        </dl>
        {dryRun && (
          <p className="soft">
            {t(imported + result.updated > 0 ? 'imports.nothingImported' : 'imports.nothingToImport')}
          </p>
        )}
      </Card>
      {result.errors.length > 0 && <Refused result={result} fileName={fileName} />}
    </>
  );
}

function Refused({ result: { errors, rejected }, fileName }: { result: ImportResult; fileName: string }) {
  const { t } = useTranslation();
  const f = useFormat();
  const shown = errors.slice(0, ERRORS_SHOWN);
  const download = async () => {
    // The writer is not small, and most files have nothing refused.
    const { refusedLines } = await import('./refused-lines');
    downloadFile(refusedLines(errors, fileName));
  };
  return (
    <Card
      title={t('imports.refusedLines')}
      flush
      actions={
        <Button
          icon="download"
          size="small"
          onPress={() => {
            download().catch((error: unknown) => toasts.problem(error));
          }}
        >
          {t('imports.downloadRefused')}
        </Button>
      }
    >
      <Table
        caption={t('imports.refusedLines')}
        rows={shown}
        rowKey={({ line }) => String(line)}
        columns={[
          { id: 'line', title: t('imports.line'), align: 'end', cell: ({ line }) => f.number(line) },
          // The API's own words.
          {
            id: 'reason',
            title: t('imports.reason'),
            cell: ({ reason }) => (
              <span lang="en" dir="auto">
                {reason}
              </span>
            ),
          },
        ]}
      />
      {rejected > shown.length && (
        <p className="soft small import-facts">
          {t('imports.more', {
            shown: f.number(shown.length),
            inFile: f.number(errors.length),
            all: f.number(rejected),
          })}
        </p>
      )}
    </Card>
  );
}
