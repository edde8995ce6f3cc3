import { useTranslation } from 'react-i18next';
import { useAccount } from '../session/account';
import { Button } from '../ui/button';
import { useCopying } from '../ui/copying';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/text-field';

/** Where people follow the brand. */
export function ShareDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { account } = useAccount();
  const address = `${location.origin}/inbox/brands/${encodeURIComponent(account.handle)}`;
  const copyText = useCopying();
  const copy = async () => {
    if (await copyText(address)) onClose();
  };
  return (
    <Dialog
      title={t('followers.share')}
      isOpen={isOpen}
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onPress={onClose}>{t('common.close')}</Button>
          {/* Browsers hand the clipboard to pages over https only; elsewhere the address can be marked by hand. */}
          {isSecureContext && (
            <Button kind="primary" icon="copy" onPress={() => void copy()}>
              {t('common.copy')}
            </Button>
          )}
        </>
      }
    >
      <div className="stack">
        <p>{t('followers.shareText')}</p>
        <TextField label={t('followers.address')} value={address} isReadOnly isRequired />
        <p className="soft small">{t('followers.importText')}</p>
      </div>
    </Dialog>
  );
}
