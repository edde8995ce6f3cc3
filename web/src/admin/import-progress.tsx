import { useTranslation } from 'react-i18next';
import { ProgressBar, Label } from 'react-aria-components';
import { Button } from '../ui/button';
import { Card } from '../ui/card';

/** How much of the file is sent. The server reads no faster than it writes, so that this is how far it has come. */
export function ImportProgress({
  dryRun,
  sent,
  fileName,
  onCancel,
}: {
  dryRun: boolean;
  sent: number;
  fileName: string;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Card>
      <ProgressBar value={sent * 100} className="import-progress">
        {({ percentage = 0, valueText }) => (
          <>
            <div className="row spread">
              <Label dir="auto">{t(dryRun ? 'imports.checking' : 'imports.importing', { fileName })}</Label>
              <span className="figure soft">{valueText}</span>
            </div>
            <div className="track">
              <div className="fill" style={{ inlineSize: `${String(percentage)}%` }} />
            </div>
          </>
        )}
      </ProgressBar>
      <div className="row spread">
        <p className="soft small">{t(sent < 1 ? 'imports.stay' : 'imports.allSent')}</p>
        <Button icon="close" onPress={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </Card>
  );
}
