import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** What the hash of an entry covers: all of it, and its place. */
export interface ChainedEntry {
  readonly id: string;
  /** UTC with microseconds, as PostgreSQL keeps them. */
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly accountId: string | null;
  readonly facts: unknown;
  /** 1 for the first entry, and one more for each that follows. */
  readonly sequence: number;
}

export interface SealedEntry extends ChainedEntry {
  /** The hash of the entry before. */
  readonly previous: Buffer;
  readonly hash: Buffer;
}

/** An entry as the chain's end: who knows it from elsewhere can tell whether anything up to it was rewritten. */
export interface ChainEnd {
  readonly sequence: number;
  readonly hash: Buffer;
}

/** Before the first entry. */
export const EMPTY_CHAIN: ChainEnd = { sequence: 0, hash: Buffer.alloc(32) };

export const CHAIN_PROBLEMS = [
  /** There is no entry with this sequence, but there are later ones. */
  'missing',
  /** The entry stands before the first place. */
  'inserted',
  /** The hash is not that of the entry: something in it was changed, or it was moved. */
  'changed',
  /** The entry follows another one than the one before it, which was exchanged together with its hash. */
  'unlinked',
  /** The chain ends before the entry that was noted elsewhere. */
  'anchor-missing',
  /** The entry is not the one that was noted elsewhere: the chain was rewritten. */
  'anchor-changed',
] as const;

export interface ChainFault {
  readonly sequence: number;
  /** Null where the fault is that there is no entry. */
  readonly id: string | null;
  readonly problem: (typeof CHAIN_PROBLEMS)[number];
}

/** SHA-256 of the previous hash followed by the entry's canonical JSON (RFC 8785) in UTF-8. */
export function hashOf(previous: Uint8Array, entry: ChainedEntry): Buffer {
  const { id, at, actor, action, subject, accountId, facts, sequence } = entry;
  const covered = canonicalize({ id, at, actor, action, subject, accountId, facts, sequence }) ?? '';
  return createHash('sha256').update(previous).update(covered).digest();
}

/** The entries with their places after `end`, in the order given. */
export function seal(end: ChainEnd, entries: readonly Omit<ChainedEntry, 'sequence'>[]): SealedEntry[] {
  let { sequence, hash } = end;
  return entries.map((entry) => {
    const previous = hash;
    const placed = { ...entry, sequence: ++sequence };
    hash = hashOf(previous, placed);
    return { ...placed, previous, hash };
  });
}

/** What is wrong with `entry` as the next one after `end`; undefined when nothing is. */
export function faultOf(end: ChainEnd, entry: SealedEntry, anchor?: ChainEnd): ChainFault | undefined {
  const { id, sequence } = entry;
  const next = end.sequence + 1;
  if (sequence > next) return { sequence: next, id: null, problem: 'missing' };
  if (sequence < next) return { sequence, id, problem: 'inserted' };
  if (!hashOf(entry.previous, entry).equals(entry.hash)) return { sequence, id, problem: 'changed' };
  if (!entry.previous.equals(end.hash)) return { sequence, id, problem: 'unlinked' };
  if (anchor?.sequence === sequence && !anchor.hash.equals(entry.hash)) {
    return { sequence, id, problem: 'anchor-changed' };
  }
  return undefined;
}

/** What is wrong with a chain that ends here. */
export function faultAtEnd(end: ChainEnd, anchor?: ChainEnd): ChainFault | undefined {
  if (anchor === undefined || anchor.sequence <= end.sequence) return undefined;
  return { sequence: anchor.sequence, id: null, problem: 'anchor-missing' };
}
