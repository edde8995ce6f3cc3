import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PROBLEM_TYPE_PREFIX, PROBLEMS, type ProblemCode } from '../../../src/errors/problems';
import { expectDocumented } from '../../support/contract';
import { OPERATIONS } from '../../support/operations';
import { isOfBrand, isOutsider, mayCallAboutOther, rightfulCallers, type Caller } from './callers';
import type { ApiDocument } from './document';
import type { Exchange, Received } from './exchange';
import { parsed } from './lane';

/** How long any request may take, in milliseconds, on a machine that is busy with something else. */
const SLOW = 10_000;

/** What only the inside knows: the database's words, the runtime's, and where things lie on a machine. */
const INSIDE =
  /\bSELECT\b|INSERT INTO|syntax error at|violates \w+|duplicate key|relation "|invalid input syntax|out of range for type|QueryFailed|pg_|\n\s+at |node_modules|\.[jt]s:\d|(?:Type|Reference|Range|Syntax)Error|Cannot read prop|is not a function|is not iterable|\/(?:home|usr|tmp)\//;
/** What a message says when nobody has thought of the case. */
const UNTHOUGHT = /undefined|NaN|\[object Object\]|^null\b/;

/** A refusal before anybody looked who is asking: of a body, a header or an address as such. */
const UNREAD = [400, 404, 408, 413, 414, 415, 431];

/** Whatever is wrong with an answer, in sentences. */
export function complaintsAbout(
  app: NestFastifyApplication,
  document: ApiDocument,
  happened: Exchange,
): string[] {
  const { answer } = happened;
  if (answer === undefined) return [`there was no answer: ${happened.failure ?? ''}`];
  return [
    ...(happened.milliseconds > SLOW ? [`it took ${Math.round(happened.milliseconds)} ms`] : []),
    ...(answer.statusCode >= 500 ? [`it failed with ${answer.statusCode}`] : []),
    ...offTheDocument(app, document, happened, answer),
    ...(answer.statusCode >= 400 ? badProblem(happened, answer) : wronglyTaken(document, happened)),
    ...badHeaders(happened, answer),
    ...trespass(happened, answer),
  ];
}

function offTheDocument(
  app: NestFastifyApplication,
  document: ApiDocument,
  { plan, method, url }: Exchange,
  answer: Received,
): string[] {
  const complaints: string[] = [];
  try {
    // HEAD is answered as GET is, and has no body to hold against the document.
    if (method !== 'HEAD') expectDocumented(app, method, url, answer);
    else if (answer.payload !== '') complaints.push('HEAD was answered with a body');
  } catch (error) {
    const complaint = (error as Error).message.split('\n')[0] ?? '';
    // A path of which a part is empty is none; what is wrong with the request beside that may be said first.
    const isNoPath = complaint.endsWith('there is no such operation') && UNREAD.includes(answer.statusCode);
    if (!isNoPath) complaints.push(complaint);
  }
  if (method === 'HEAD' || !String(answer.headers['content-type']).startsWith('application/json'))
    return complaints;
  const more = document.forbidsAnswer(plan.operation, answer.statusCode, parsed(answer.payload));
  return more === undefined ? complaints : [...complaints, `the answer is not as documented: ${more}`];
}

function badProblem({ method, url, headers, payload: sent }: Exchange, answer: Received): string[] {
  if (method === 'HEAD') return [];
  const { statusCode, payload } = answer;
  const type = answer.headers['content-type']?.split(';')[0];
  if (type !== 'application/problem+json') return [`a refusal as ${String(type)}: ${payload.slice(0, 200)}`];
  const problem = (parsed(payload) ?? {}) as Readonly<Record<string, unknown>>;
  const code = String(problem.type).replace(PROBLEM_TYPE_PREFIX, '') as ProblemCode;
  const known = (PROBLEMS as Partial<typeof PROBLEMS>)[code];
  const complaints: string[] = [];
  if (known?.status !== statusCode || problem.status !== statusCode)
    complaints.push(`${String(problem.type)} came with ${statusCode}`);
  if (problem.title !== known?.title) complaints.push(`the title is "${String(problem.title)}"`);
  if (!/^urn:uuid:[0-9a-f-]{36}$/.test(String(problem.instance)))
    complaints.push('the problem has no instance');
  const leak = INSIDE.exec(payload)?.[0] ?? (payload.includes(process.cwd()) ? process.cwd() : undefined);
  if (leak !== undefined) complaints.push(`it tells of the inside: ${leak}`);
  const said = `${decoded(url)} ${JSON.stringify(headers)} ${sent?.toString() ?? ''}`;
  const odd = UNTHOUGHT.exec(String(problem.detail).replaceAll('null or undefined', ''));
  if (odd && !said.includes(odd[0]))
    complaints.push(`nobody has thought of what it says: ${String(problem.detail)}`);
  return complaints;
}

/** The document is a promise both ways: what it forbids is refused. */
function wronglyTaken(document: ApiDocument, { plan, payload, parameters }: Exchange): string[] {
  const { operation } = plan;
  const complaints: string[] = [];
  // A byte order mark may be passed over, and a body of null says as much as none.
  const body = parsed(payload?.toString().replace(/^\ufeff/, '') || 'null');
  if (operation.body?.type === 'application/json' && body !== null) {
    const forbidden = document.forbidsBody(operation, body);
    if (forbidden !== undefined) complaints.push(`a body was taken that the document forbids: ${forbidden}`);
  }
  for (const [name, value] of parameters) {
    const parameter = operation.query.find((known) => known.name === name);
    const forbidden = parameter && document.forbidsParameter(parameter, value);
    if (forbidden !== undefined)
      complaints.push(`?${name} was taken, which the document forbids: ${forbidden}`);
  }
  return complaints;
}

function badHeaders({ url }: Exchange, { statusCode, headers }: Received): string[] {
  const complaints: string[] = [];
  if (headers['x-content-type-options'] !== 'nosniff') complaints.push('the answer may be sniffed at');
  for (const cookie of headers['set-cookie'] ?? []) {
    if (!/; HttpOnly; SameSite=Strict$/.test(cookie))
      complaints.push(`it sets a cookie for others to use: ${cookie}`);
  }
  if (url.startsWith('/v1/') && !String(headers['cache-control']).includes('no-store'))
    complaints.push('it may be cached');
  if (statusCode === 401 && headers['www-authenticate'] === undefined)
    complaints.push('401 says not how to come in');
  if (statusCode === 405 && headers.allow === undefined) complaints.push('405 says not what is allowed');
  if ([429, 503].includes(statusCode) && headers['retry-after'] === undefined)
    complaints.push('it says not when to come again');
  return complaints;
}

/** Whether somebody got at what is not theirs. */
function trespass(happened: Exchange, answer: Received): string[] {
  const { plan, choices } = happened;
  const operation = OPERATIONS[plan.operation.name];
  if (!operation) return [];
  // Another token than the caller's is one that was made up.
  const caller = plan.headers.authorization === undefined ? happened.caller : 'nobody';
  const ofBrand = isOfBrand(operation.access);
  const account = ofBrand ? choices.accountId?.of : 'the brand';
  const complaints = toldOutsider(happened, caller, answer);
  if (account === 'the other brand' && !mayCallAboutOther(operation, caller)) {
    complaints.push(...notRefused(caller, answer));
  }
  if (account !== 'the brand') return complaints;
  if (!rightfulCallers(operation).includes(caller)) complaints.push(...notRefused(caller, answer));
  return ofBrand ? [...complaints, ...mixedUp(choices, answer)] : complaints;
}

function notRefused(caller: Caller, { statusCode }: Received): string[] {
  if (statusCode < 300) return [`${caller} was let in`];
  const isPlain = [401, 403, ...UNREAD].includes(statusCode);
  return isPlain ? [] : [`${caller} was told more than that it is not theirs: ${statusCode}`];
}

/** Of a brand that the caller may ask about, and something that is another one's. */
function mixedUp(choices: Exchange['choices'], { statusCode }: Received): string[] {
  const others = Object.entries(choices)
    .filter(([name, choice]) => name !== 'subscriber' && choice.of === 'the other brand')
    .map(([name]) => name);
  // A conflict would tell the state of what is not theirs.
  if (others.length === 0 || (statusCode >= 300 && statusCode !== 409)) return [];
  return [`{${others.join('}, {')}} of another brand was answered with ${statusCode}`];
}

function toldOutsider(
  { url, payload: sent, secrets }: Exchange,
  caller: Caller,
  { payload }: Received,
): string[] {
  if (!isOutsider(caller)) return [];
  const said = `${url} ${sent?.toString() ?? ''}`;
  const told = secrets.filter((secret) => payload.includes(secret) && !said.includes(secret));
  return told.map((secret) => `${caller} was told "${secret}"`);
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
