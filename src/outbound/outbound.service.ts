import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, request, type Dispatcher } from 'undici';
import { DomainError } from '../errors/domain-error';
import { SETTINGS, type Settings } from '../settings';
import { AddressRules } from './address-rules';
import { guardedConnector } from './guarded-connector.service';
import { OutboundError } from './outbound-error';
import { nameServers, type Resolve } from './resolver.service';
import { hostOf, isLiteral, readWebAddress } from './web-address';
import type { NamedBy } from './named-by';

export interface OutboundRequest {
  /** A URL that `checkUrl` gave back. */
  readonly url: string;
  readonly namedBy: NamedBy;
  readonly method?: 'POST' | 'PUT' | 'GET';
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes that are sent, unchanged. */
  readonly body: string | Buffer;
  /** Milliseconds within which the answer must have begun. */
  readonly timeout: number;
  /** Bytes of the answer that are of interest, by its status; the rest is not read. */
  readonly answerBytes: number | ((status: number) => number);
  readonly signal?: AbortSignal;
}

export interface OutboundAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Its first bytes. */
  readonly body: Buffer;
  /** It came from a network of `OUTBOUND_ALLOW_BRANDS`: what it says is not for whoever named the address. */
  readonly inner: boolean;
}

/** How long the body of an answer that has begun is waited for, in milliseconds. */
const BODY_PATIENCE = 1_000;

/** Idle connections are kept for so long, in milliseconds. */
const KEPT = 10_000;

interface Way {
  readonly rules: AddressRules;
  readonly resolve: Resolve;
  readonly agent: Agent;
}

/** A resolver of one's own, for tests. */
export const RESOLVE = Symbol('resolve');

/**
 * Sends requests to addresses that users gave: webhooks, push services. They reach no inner network, follow no
 * redirects, and are bounded in time and size.
 */
@Injectable()
export class Outbound implements OnApplicationShutdown {
  private readonly ways: Readonly<Record<NamedBy, Way>>;
  /** Tried only where an address that anybody named is not public. */
  private readonly innerWay: Way | undefined;

  constructor(
    @Inject(SETTINGS)
    { outboundAllow, outboundAllowBrands }: Pick<Settings, 'outboundAllow' | 'outboundAllowBrands'>,
    @Inject(RESOLVE) resolve?: Resolve,
  ) {
    const asked = resolve ?? nameServers(outboundAllowBrands.length > 0);
    this.ways = { operator: wayTo(outboundAllow, resolve), anybody: wayTo([], asked) };
    if (outboundAllowBrands.length > 0) this.innerWay = wayTo(outboundAllowBrands, asked);
  }

  async onApplicationShutdown(): Promise<void> {
    const ways = [...Object.values(this.ways), ...(this.innerWay ? [this.innerWay] : [])];
    await Promise.all(ways.map((way) => way.agent.destroy()));
  }

  /**
   * Checks an address when it is saved; it is checked again whenever it is dialled. A name that nobody knows yet passes:
   * it may come to be.
   * @returns the address in its normal form
   * @throws DomainError address-not-allowed
   */
  async checkUrl(text: string, namedBy: NamedBy): Promise<string> {
    const url = readWebAddress(text);
    if ('complaint' in url)
      throw new DomainError('address-not-allowed', `The URL cannot be used: ${url.complaint}.`);
    const host = hostOf(url);
    const { rules, resolve } = (namedBy === 'anybody' && this.innerWay) || this.ways[namedBy];
    const addresses = isLiteral(host) ? [host] : await resolve(host).catch(() => []);
    if (addresses.every((address) => rules.mayDial(address))) return url.href;
    const setting = namedBy === 'operator' ? 'OUTBOUND_ALLOW' : 'OUTBOUND_ALLOW_BRANDS';
    throw new DomainError(
      'address-not-allowed',
      `The URL leads to an address that is not public. The operator can allow networks with ${setting}.`,
    );
  }

  /** @throws OutboundError when there is no answer; any answer, whatever its status, is one */
  async send(sent: OutboundRequest): Promise<OutboundAnswer> {
    try {
      return { ...(await sendBy(this.ways[sent.namedBy], sent)), inner: false };
    } catch (error) {
      const isInner = error instanceof OutboundError && error.failure === 'address-not-allowed';
      if (!isInner || sent.namedBy !== 'anybody' || !this.innerWay) throw error;
      return this.sendToInner(this.innerWay, sent);
    }
  }

  /** Says nothing of what is there: a port that is closed must look like one that is filtered. */
  private async sendToInner(way: Way, sent: OutboundRequest): Promise<OutboundAnswer> {
    try {
      return { ...(await sendBy(way, sent)), inner: true };
    } catch (error) {
      if (!(error instanceof OutboundError) || error.failure === 'address-not-allowed') throw error;
      throw new OutboundError(error.failure, 'it could not be reached');
    }
  }
}

async function sendBy(
  { agent }: Way,
  { url, method = 'POST', headers, body, timeout, answerBytes, signal }: OutboundRequest,
): Promise<Omit<OutboundAnswer, 'inner'>> {
  const target = readWebAddress(url);
  if ('complaint' in target)
    throw new OutboundError('address-not-allowed', `The URL cannot be used: ${target.complaint}`);
  const tooLong = AbortSignal.timeout(timeout);
  try {
    const answer = await request(target, {
      dispatcher: agent,
      method,
      headers: { ...headers, 'user-agent': 'Fanfare' },
      body,
      signal: signal ? AbortSignal.any([tooLong, signal]) : tooLong,
      headersTimeout: timeout,
      bodyTimeout: BODY_PATIENCE,
    });
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: await beginningOf(
        answer.body,
        typeof answerBytes === 'number' ? answerBytes : answerBytes(answer.statusCode),
      ),
    };
  } catch (error) {
    if (signal?.aborted) throw error;
    throw tooLong.aborted ? timedOut(timeout) : asOutboundError(error, timeout);
  }
}

/** Of its own for each, connections included: one that the operator's request has opened serves nobody else's. */
function wayTo(networks: readonly string[], resolver: Resolve | undefined): Way {
  const rules = new AddressRules(networks);
  const resolve = resolver ?? nameServers(rules.hasAllowed);
  const agent = new Agent({
    connect: guardedConnector(rules, resolve),
    keepAliveTimeout: KEPT,
    keepAliveMaxTimeout: KEPT,
    maxHeaderSize: 16_384,
    pipelining: 1,
  });
  return { rules, resolve, agent };
}

/** The first bytes; a body that is longer, or that does not come, is given up, and its connection with it. */
async function beginningOf(body: Dispatcher.ResponseData['body'], bytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  // Errors after the last byte that is of interest are of none.
  body.on('error', () => undefined);
  const timer = setTimeout(() => body.destroy(), BODY_PATIENCE);
  try {
    for await (const part of body as AsyncIterable<Buffer>) {
      parts.push(part);
      length += part.length;
      if (length > bytes) break;
    }
  } catch {
    // The status has come, and that is the answer.
  } finally {
    clearTimeout(timer);
    body.destroy();
  }
  return Buffer.concat(parts).subarray(0, bytes);
}

function asOutboundError(error: unknown, timeout: number): OutboundError {
  const causes = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  for (const cause of causes) if (cause instanceof OutboundError) return cause;
  const { code, name } = error as NodeJS.ErrnoException;
  if (name === 'HTTPParserError') return new OutboundError('cut-off', 'the answer was not HTTP');
  if (code === 'UND_ERR_HEADERS_TIMEOUT') return timedOut(timeout);
  const reset = code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE';
  return reset
    ? new OutboundError('cut-off', 'the connection was closed before an answer came')
    : new OutboundError('unreachable', `no connection${code === undefined ? '' : ` (${code})`}`);
}

function timedOut(timeout: number): OutboundError {
  return new OutboundError('timed-out', `no answer within ${Math.round(timeout / 1000)} s`);
}
