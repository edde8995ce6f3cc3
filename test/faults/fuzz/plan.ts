import type { Caller } from './callers';
import type { FuzzedOperation } from './document';
import type { Tree } from './from-schema';
import type { Json } from './json-text';
import type { Mutation } from './mutation';
import type { Choice } from './things';

/** A request before the world is known that it is sent to: what fast-check makes, and makes smaller. */
export interface RequestPlan {
  readonly operation: FuzzedOperation;
  readonly method: string;
  readonly caller: Caller;
  readonly ids: Readonly<Record<string, Choice>>;
  readonly query: readonly QueryPart[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: BodyPlan;
  /** Whether the brand is first put in the state that the operation needs. */
  readonly ready: boolean;
}

export type QueryPart =
  | { readonly name: string; readonly value: string }
  /** A cursor from an earlier answer, one part of which is perhaps something else. */
  | {
      readonly name: string;
      readonly cursor: number;
      readonly part: number;
      readonly instead?: Json | undefined;
    }
  /** As it stands behind the question mark. */
  | { readonly text: string };

export type BodyPlan = { readonly type: string | undefined } & (
  | { readonly kind: 'none' }
  /** What the operation is known to succeed with. */
  | { readonly kind: 'good'; readonly mutations: readonly Mutation[] }
  | { readonly kind: 'tree'; readonly tree: Tree; readonly mutations: readonly Mutation[] }
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
);
