import { asCurl, exchange, type Received } from './exchange';
import type { ApiDocument } from './document';

const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'];

/** Asks every path for every method: HEAD is GET without a body, and what is not documented is refused as such. */
export async function otherMethods(
  document: ApiDocument,
  address: string,
): Promise<{ asked: number; complaints: string[] }> {
  const complaints: string[] = [];
  let asked = 0;
  for (const template of document.templates) {
    const url = template.replaceAll(/\{\w+\}/g, 'thing');
    const documented = document.methodsOf(template);
    for (const method of METHODS) {
      if (documented.includes(method)) continue;
      const request = { method, url, headers: {}, payload: undefined };
      const { answer, failure } = await exchange(address, request);
      asked += 1;
      const wrong = answer === undefined ? failure : complaintAbout(method, documented, answer);
      if (wrong !== undefined)
        complaints.push(
          `${wrong}\n${asCurl(request)}\n→ ${String(answer?.statusCode)} ${answer?.payload ?? ''}`,
        );
    }
  }
  return { asked, complaints };
}

function complaintAbout(
  method: string,
  documented: readonly string[],
  { statusCode, headers, payload }: Received,
) {
  if (method === 'HEAD' && documented.includes('GET')) {
    if (payload !== '') return 'HEAD was answered with a body';
    return [200, 401, 404].includes(statusCode) ? undefined : `HEAD was answered with ${statusCode}`;
  }
  if (statusCode !== 405) return `it does not say that the path takes no ${method}`;
  const allowed = [...documented, ...(documented.includes('GET') ? ['HEAD'] : [])].sort().join(', ');
  return headers.allow === allowed || method === 'HEAD'
    ? undefined
    : `it allows ${String(headers.allow)}, not ${allowed}`;
}
