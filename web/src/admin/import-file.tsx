import { useTranslation } from 'react-i18next';
import { DropZone, FileTrigger, Text } from 'react-aria-components';
import { Button } from '../ui/button';
import { Icon } from '../ui/icon';

const OFFERED = ['.csv', '.tsv', '.txt', '.ndjson', '.jsonl'];

/** Where the file is dropped, or chosen. */
export function ImportFile({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <DropZone
        className="drop-zone"
        onDrop={({ items }) => {
          const dropped = items.find((item) => item.kind === 'file');
          void dropped?.getFile().then(onFile);
        }}
      >
        <Icon name="upload" size={28} />
        <Text slot="label">{t('imports.drop')}</Text>
        <FileTrigger
          acceptedFileTypes={OFFERED}
          onSelect={(files) => {
            const chosen = files?.[0];
            if (chosen) onFile(chosen);
          }}
        >
          <Button kind="primary">{t('imports.choose')}</Button>
        </FileTrigger>
        <p className="soft small">{t('imports.nothingYet')}</p>
      </DropZone>
      <section className="import-help">
        <h2>{t('imports.helpTitle')}</h2>
        <p className="soft">{t('imports.help')}</p>
        <pre dir="ltr" tabIndex={0} aria-label={t('imports.example')}>
          {'subscriber,followedAt,tags\nu-1001,2026-01-05T10:00:00Z,vip; early birds\nu-1002,,\n'}
        </pre>
      </section>
    </>
  );
}
