import { useState } from 'react';
import { Button } from './button';
import { downloadFile } from './download';
import { toasts } from './toast';

/** Keeps a file as soon as it has come whole. A link could not say what form of an address it wants. */
export function DownloadButton({
  label,
  name,
  size = 'medium',
  fetchFile,
}: {
  label: string;
  /** Of the file. */
  name: string;
  size?: 'medium' | 'small';
  fetchFile: () => Promise<Blob>;
}) {
  const [isPending, setPending] = useState(false);
  const download = async () => {
    setPending(true);
    try {
      downloadFile(new File([await fetchFile()], name));
    } catch (error) {
      toasts.problem(error);
    } finally {
      setPending(false);
    }
  };
  return (
    <Button icon="download" size={size} pending={isPending} onPress={() => void download()}>
      {label}
    </Button>
  );
}
