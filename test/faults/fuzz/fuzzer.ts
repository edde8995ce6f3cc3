import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import fc, { type IAsyncPropertyWithHooks } from 'fast-check';
import type { Journal } from '../rig/journal';
import type { ApiDocument, FuzzedOperation } from './document';
import { asCurl, type Exchange } from './exchange';
import type { Lane } from './lane';
import type { RequestPlan } from './plan';
import { complaintsAbout } from './verdict';

/** What a request was answered with that it should not have been. */
export class Finding extends Error {
  constructor(complaints: readonly string[], happened: Exchange, before: readonly Exchange[] = []) {
    const { answer, caller, plan } = happened;
    super(
      [
        `${plan.operation.name}, as ${caller}: ${complaints.join('; ')}`,
        ...before.map((earlier) => `${asCurl(earlier)}\n→ ${String(earlier.answer?.statusCode)}`),
        asCurl(happened),
        `→ ${String(answer?.statusCode)} ${answer?.payload.slice(0, 500) ?? ''}`,
      ].join('\n'),
    );
  }
}

/** Sends requests, holds every answer against the document, and counts. */
export class Fuzzer {
  private readonly statuses = new Map<string, number>();
  private readonly granted = new Set<string>();
  private slowest = 0;

  constructor(
    private readonly app: NestFastifyApplication,
    readonly document: ApiDocument,
    private readonly journal: Journal,
  ) {}

  /** @throws Finding @param before what led to it */
  async send(lane: Lane, plan: RequestPlan, before: readonly Exchange[] = []): Promise<Exchange> {
    const happened = await lane.send(plan);
    const status = String(happened.answer?.statusCode ?? 'none');
    this.journal.did('requests');
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    if (status.startsWith('2')) this.granted.add(plan.operation.name);
    this.slowest = Math.max(this.slowest, happened.milliseconds);
    const complaints = complaintsAbout(this.app, this.document, happened);
    if (complaints.length > 0) throw new Finding(complaints, happened, before);
    this.journal.checked('answers');
    return happened;
  }

  /** Operations that have not been granted to anybody, so that little was tried behind their door. */
  get neverGranted(): readonly FuzzedOperation[] {
    return this.document.operations.filter(({ name }) => !this.granted.has(name));
  }

  measure(): void {
    const answers = [...this.statuses].sort().map(([status, count]) => `${status} × ${count}`);
    this.journal.measured('answers by status', answers.join(', '));
    this.journal.measured('slowest answer (ms)', this.slowest);
  }
}

export interface Run<T> {
  readonly seed: number;
  readonly numRuns: number;
  /** Tried before anything else. */
  readonly examples?: [T][];
  /** As it was found, and not smaller. */
  readonly endOnFailure?: boolean;
}

/** Runs the property and returns, made as small as possible, what it found, if it did. */
export async function findingOf<T>(
  property: IAsyncPropertyWithHooks<[T]>,
  run: Run<T>,
): Promise<string | undefined> {
  const { failed, errorInstance, counterexample } = await fc.check(property, run);
  if (!failed) return undefined;
  if (errorInstance instanceof Finding) return errorInstance.message;
  const stack = errorInstance instanceof Error ? errorInstance.stack : String(errorInstance);
  return `The fuzzer itself failed: ${String(stack)}\n${fc.stringify(counterexample)}`;
}

/** How much there is to try about an operation. Passwords are slow to hash, brands are slow to make anew. */
export function weightOf({ template, body, query }: FuzzedOperation): number {
  if (/\/(signup|login|session|password|close)$/.test(template)) return 0.3;
  return body ? 1.5 : query.length > 0 ? 1 : 0.5;
}
