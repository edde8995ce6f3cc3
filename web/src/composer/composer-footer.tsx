import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { Icon } from '../ui/icon';
import { actionFor } from './timing';
import type { Lack, Timing } from './work';

/** What is missing, by the words of its field. */
export type Missing = Lack['field'] | 'instant';

/** The bar that is always at hand: what is going to happen, what is missing for it, and the buttons. */
export function ComposerFooter({
  summary,
  missing,
  refusal,
  timing,
  isScheduled,
  isChanged,
  isPending,
  onSave,
  onPress,
}: {
  summary: ReactNode;
  missing: Missing | undefined;
  refusal: ReactNode;
  timing: Timing;
  isScheduled: boolean;
  isChanged: boolean;
  isPending: boolean;
  onSave: () => void;
  onPress: () => void;
}) {
  const { t } = useTranslation();
  return (
    <footer className="actions">
      {refusal}
      <div className="row spread">
        {missing === undefined ? (
          summary
        ) : (
          <p className="wrong small missing" role="alert">
            <Icon name="warning" size={18} />
            <MissingWords missing={missing} />
          </p>
        )}
        <div className="row buttons">
          {!isScheduled && (
            <Button pending={isPending && timing.how !== 'now'} onPress={onSave}>
              {t('composer.saveDraft')}
            </Button>
          )}
          <Button kind="primary" pending={isPending} onPress={onPress} isDisabled={isScheduled && !isChanged}>
            {t(`composer.${actionFor(timing, isScheduled)}`)}
          </Button>
        </div>
      </div>
    </footer>
  );
}

function MissingWords({ missing }: { missing: Missing }) {
  const { t } = useTranslation();
  const words = t(`composer.lacks.${missing}`);
  // An address could be that of several fields.
  const isAddress = missing === 'url' || missing === 'coverUrl' || missing === 'sourceUrl';
  return <span>{isAddress ? `${t(`composer.parts.${missing}`)}: ${words}` : words}</span>;
}
