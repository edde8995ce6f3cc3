import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components';
import { Dialog } from './dialog';
import { SafePicture } from './safe-picture';

/** A picture that opens as large as it is. */
export function OpenablePicture({ url, alt }: { url: string; alt: string }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        className="openable"
        aria-label={`${t('common.openPicture')}: ${alt || t('common.imageOfBroadcast')}`}
        onPress={() => setOpen(true)}
      >
        <SafePicture url={url} alt={alt} />
      </Button>
      {isOpen && <WholePicture url={url} alt={alt} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Scrolled where it is larger than the screen, also with the keyboard. */
export function WholePicture({ url, alt, onClose }: { url: string; alt: string; onClose: () => void }) {
  const { t } = useTranslation();
  const name = alt || t('common.imageOfBroadcast');
  return (
    <Dialog title={name} isOpen onClose={onClose} size="large">
      <div className="whole-picture" role="region" aria-label={name} tabIndex={0}>
        <SafePicture url={url} alt={alt} />
      </div>
    </Dialog>
  );
}
