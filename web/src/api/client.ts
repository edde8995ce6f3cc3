import createFetchClient, { type Middleware } from 'openapi-fetch';
import createQueries from 'openapi-react-query';
import { isRefusal } from './problem';
import type { paths } from './schema';

/** A subscriber's token, which the operator's app hands in; the console has none: its cookie goes along by itself. */
let bearer: string | undefined;
let onSignedOut: () => void = () => undefined;

const asTheCaller: Middleware = {
  onRequest({ request }) {
    if (bearer !== undefined) request.headers.set('authorization', `Bearer ${bearer}`);
  },
  async onResponse({ response }) {
    if (response.status === 401 && !(await isWrongPassword(response))) onSignedOut();
  },
};

/** The server knows who asks, but not by the password that they have just typed: nobody is logged out by a slip. */
async function isWrongPassword(response: Response): Promise<boolean> {
  const problem: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  return isRefusal(problem, 'wrong-password');
}

/** Calls by hand: `dataOf(await client.GET('/v1/whoami'))`. */
export const client = createFetchClient<paths>({ baseUrl: location.origin });
client.use(asTheCaller);

/** Calls as queries and mutations: `api.useQuery('get', '/v1/whoami')`, `api.useMutation('post', '/v1/accounts')`. */
export const api = createQueries(client);

/** What a call by hand has brought. A refusal is thrown, as queries throw it: the problem document, where there is one. */
export function dataOf<Data>({
  data,
  error,
  response,
}: {
  data?: Data;
  error?: unknown;
  response: Response;
}): Data {
  if (response.ok) return data as Data;
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- it is the problem document
  throw error ?? new Error(`Status ${String(response.status)}`);
}

export function bearWith(token: string | undefined): void {
  bearer = token;
}

export function token(): string | undefined {
  return bearer;
}

/** For calls that do not go through the client. */
export function noticeSignedOut(): void {
  onSignedOut();
}

/** Told whenever the server no longer knows who is asking. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}
