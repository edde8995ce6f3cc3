import { noticeSignedOut } from '../api/client';
import type { Shape } from '../api/types';
import { contentTypeOf } from './import-type';

export type ImportResult = Shape<'ImportResult'>;

interface Upload {
  readonly accountId: string;
  readonly file: File;
  readonly dryRun: boolean;
  /** Told how much of the file is sent: 0 to 1. */
  readonly onSent: (share: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Sends a file of followers. `fetch` cannot say how much of a body is sent.
 * @throws the problem document; an Error when the connection is lost; `signal.reason` when it is aborted
 */
export function uploadFollowers({ accountId, file, dryRun, onSent, signal }: Upload): Promise<ImportResult> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = `dryRun=${String(dryRun)}&withFormat=true`;
    request.open('POST', `/v1/admin/accounts/${accountId}/followers/import?${query}`);
    request.setRequestHeader('content-type', contentTypeOf(file.name));
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onSent(total === 0 ? 1 : loaded / total);
    request.onload = () => {
      if (request.status === 200) {
        resolve(request.response as ImportResult);
        return;
      }
      if (request.status === 401) noticeSignedOut();
      reject((request.response as Error | null) ?? new Error(`Status ${String(request.status)}`));
    };
    request.onerror = () => reject(new Error('The connection was lost'));
    request.onabort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
