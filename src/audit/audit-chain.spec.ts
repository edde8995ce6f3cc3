import { createHash } from 'node:crypto';
import {
  EMPTY_CHAIN,
  faultAtEnd,
  faultOf,
  seal,
  type ChainEnd,
  type ChainFault,
  type SealedEntry,
} from './audit-chain';

const entry = (number: number) => ({
  id: `00000000-0000-7000-8000-00000000000${number}`,
  at: `2026-03-01T08:30:00.00000${number}Z`,
  actor: 'scheduler',
  action: 'broadcast.published',
  subject: `broadcast:${number}`,
  accountId: null,
  facts: { slot: number, quota: [{ kind: 'use', period: '2026-03' }] },
});

describe('the chain of the audit log', () => {
  const chain = seal(EMPTY_CHAIN, [1, 2, 3, 4, 5].map(entry));
  const end = chain.at(-1) as SealedEntry;

  it('links each entry to the one before, from a first previous hash of zeros', () => {
    expect(chain.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
    expect(chain[0]?.previous).toEqual(Buffer.alloc(32));
    for (const [at, { previous }] of chain.entries())
      if (at > 0) expect(previous).toEqual(chain[at - 1]?.hash);
    expect(faultIn(chain)).toBeUndefined();
  });

  it('is the same whether sealed at once or in parts', () => {
    const [first, ...rest] = [1, 2, 3, 4, 5].map(entry);
    const parts = seal(EMPTY_CHAIN, first ? [first] : []);
    expect([...parts, ...seal(parts[0] as SealedEntry, rest)]).toEqual(chain);
  });

  it('can be recomputed by anybody from what the log shows', () => {
    const text =
      '{"accountId":null,"action":"broadcast.published","actor":"scheduler","at":"2026-03-01T08:30:00.000001Z",' +
      '"facts":{"quota":[{"kind":"use","period":"2026-03"}],"slot":1},"id":"00000000-0000-7000-8000-000000000001",' +
      '"sequence":1,"subject":"broadcast:1"}';
    expect(chain[0]?.hash.toString('hex')).toBe(
      createHash('sha256').update(Buffer.alloc(32)).update(text).digest('hex'),
    );
  });

  it('shows a changed entry', () => {
    expect(faultIn(chain.with(2, { ...at(3), actor: 'system' }))).toMatchObject({
      sequence: 3,
      problem: 'changed',
    });
  });

  it('shows a changed entry that was given the fitting hash, by the one after it', () => {
    const [forged] = seal(at(2), [{ ...entry(3), actor: 'system' }]);
    expect(faultIn(chain.with(2, forged as SealedEntry))).toMatchObject({ sequence: 4, problem: 'unlinked' });
  });

  it('shows a removed, a moved and an added entry', () => {
    expect(faultIn(chain.toSpliced(2, 1))).toEqual({ sequence: 3, id: null, problem: 'missing' });
    const swapped = chain.with(1, { ...at(3), sequence: 2 }).with(2, { ...at(2), sequence: 3 });
    expect(faultIn(swapped)).toMatchObject({ sequence: 2, problem: 'changed' });
    expect(faultIn([{ ...at(1), sequence: 0 }, ...chain])).toMatchObject({
      sequence: 0,
      problem: 'inserted',
    });
  });

  it('shows a cut end and a rewritten whole only to whoever noted an entry elsewhere', () => {
    const cut = chain.slice(0, 3);
    expect(faultIn(cut)).toBeUndefined();
    expect(faultIn(cut, end)).toEqual({ sequence: 5, id: null, problem: 'anchor-missing' });
    const rewritten = seal(EMPTY_CHAIN, [2, 1, 3, 4, 5].map(entry));
    expect(faultIn(rewritten)).toBeUndefined();
    expect(faultIn(rewritten, end)).toMatchObject({ sequence: 5, problem: 'anchor-changed' });
    expect(faultIn(chain, end)).toBeUndefined();
  });

  function at(sequence: number): SealedEntry {
    return chain[sequence - 1] as SealedEntry;
  }
});

function faultIn(entries: readonly SealedEntry[], anchor?: ChainEnd): ChainFault | undefined {
  let end = EMPTY_CHAIN;
  for (const entry of entries) {
    const fault = faultOf(end, entry, anchor);
    if (fault) return fault;
    end = entry;
  }
  return faultAtEnd(end, anchor);
}
