import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../api/types';
import { Button, LinkButton } from '../ui/button';
import { Note } from '../ui/note';
import { ProblemNote } from '../ui/problem-note';
import { ImportFile } from './import-file';
import { ImportFormat } from './import-format';
import { ImportProgress } from './import-progress';
import { ImportSummary } from './import-summary';
import { useImport, type Import } from './use-import';

/** From the file to the result. A file is checked as soon as it is chosen; nothing is written before "Import". */
export function ImportSteps({ account }: { account: Account }) {
  const [file, setFile] = useState<File>();
  const job = useImport(account.id);
  const { state, run } = job;
  const choose = (chosen: File) => {
    setFile(chosen);
    run(chosen, { dryRun: true });
  };
  if (file === undefined || state.is === 'idle') return <ImportFile onFile={choose} />;
  return (
    <>
      {/* Read out as it changes. */}
      <div role="status" className="stack">
        <Outcome job={job} file={file} />
      </div>
      <Actions account={account} job={job} file={file} />
    </>
  );
}

function Outcome({ job: { state, cancel }, file }: { job: Import; file: File }) {
  const { t } = useTranslation();
  switch (state.is) {
    case 'idle':
      return null;
    case 'running':
      return <ImportProgress {...state} fileName={file.name} onCancel={cancel} />;
    case 'cancelled':
      return <Note tone="warn">{t(state.dryRun ? 'imports.checkCancelled' : 'imports.cancelled')}</Note>;
    case 'failed':
      return (
        <>
          <ProblemNote error={state.error} />
          <p className="soft">{t(state.dryRun ? 'imports.nothingImported' : 'imports.partlyImported')}</p>
        </>
      );
    case 'checked':
    case 'imported':
      return (
        <>
          <ImportSummary result={state.result} dryRun={state.is === 'checked'} fileName={file.name} />
          {state.is === 'checked' && <ImportFormat format={state.result.format} fileName={file.name} />}
        </>
      );
  }
}

function Actions({ account, job, file }: { account: Account; job: Import; file: File }) {
  const { t } = useTranslation();
  const { state, run, startOver } = job;
  if (state.is === 'running') return null;
  const good = state.is === 'checked' ? state.result.imported + state.result.updated : 0;
  return (
    <div className="row import-actions">
      <Button onPress={startOver}>{t('imports.otherFile')}</Button>
      {(state.is === 'cancelled' || state.is === 'failed') && (
        <Button icon="refresh" onPress={() => run(file, { dryRun: true })}>
          {t('imports.checkAgain')}
        </Button>
      )}
      {state.is === 'checked' && (
        <Button
          kind="primary"
          icon="upload"
          isDisabled={good === 0}
          onPress={() => run(file, { dryRun: false })}
        >
          {t('imports.import')}
        </Button>
      )}
      {state.is === 'imported' && (
        <LinkButton kind="primary" icon="users" href={`/a/${account.id}/followers`}>
          {t('imports.toFollowers')}
        </LinkButton>
      )}
    </div>
  );
}
