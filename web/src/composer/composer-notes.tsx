import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { Note } from '../ui/note';

/** What somebody should know before they go on writing. */
export function ComposerNotes({
  isRestored,
  isNewer,
  onDiscard,
  onLook,
}: {
  isRestored: boolean;
  isNewer: boolean;
  onDiscard: () => void;
  onLook: () => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      {isRestored && (
        <Note
          action={
            <Button size="small" onPress={onDiscard}>
              {t('composer.discard')}
            </Button>
          }
        >
          {t('composer.restored')}
        </Note>
      )}
      {isNewer && (
        <Note
          tone="warn"
          action={
            <Button size="small" onPress={onLook}>
              {t('composer.look')}
            </Button>
          }
        >
          {t('composer.newer')}
        </Note>
      )}
    </>
  );
}
