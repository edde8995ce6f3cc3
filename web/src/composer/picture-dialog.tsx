import type { Editor } from '@tiptap/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/text-field';
import { isWebAddress } from './work';

/** Asks for a picture to stand among the words. */
export function PictureDialog({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const { t } = useTranslation();
  const [url, setUrl] = useState('https://');
  const [alt, setAlt] = useState('');
  const put = () => {
    const src = url.trim();
    if (!isWebAddress(src)) return;
    onClose();
    editor
      .chain()
      .focus()
      .insertContent({ type: 'image', attrs: { src, alt: alt.trim() } })
      .run();
  };
  return (
    <Dialog
      title={t('composer.marks.picture')}
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" isDisabled={!isWebAddress(url)} onPress={put}>
            {t('composer.putPicture')}
          </Button>
        </>
      }
    >
      <div className="stack fields">
        <TextField
          label={t('composer.linkTo')}
          type="url"
          isRequired
          autoFocus
          value={url}
          onChange={setUrl}
        />
        <TextField label={t('composer.pictureAlt')} value={alt} onChange={setAlt} />
      </div>
    </Dialog>
  );
}
