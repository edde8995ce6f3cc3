import {
  Shown,
  ShownChoice,
  ShownCount,
  ShownFlag,
  ShownId,
  ShownInstant,
  ShownObject,
  ShownText,
} from '../http/answers';
import { Id, Text, WholeParameter } from '../http/fields';
import { Instant } from '../http/instant';
import { PageQuery } from '../http/page.dto';
import { CHAIN_PROBLEMS, type ChainFault, type ChainedEntry } from './audit-chain';
import type { Verification } from './audit-verification.service';

export class AuditQuery extends PageQuery {
  @Text({
    max: 100,
    optional: true,
    description: '`user:<id>`, `key:<id>`, `subscriber`, `scheduler` or `system`.',
  })
  readonly actor?: string;

  @Text({ max: 100, optional: true, description: 'Such as `broadcast:<id>`, or the id alone.' })
  readonly subject?: string;

  @Text({ max: 100, optional: true, description: 'Such as `broadcast.scheduled`.' })
  readonly action?: string;

  @Id({ optional: true, description: "A brand's own entries." })
  readonly accountId?: string;

  @Instant({ optional: true, description: 'The first instant.' })
  readonly from?: string;

  @Instant({ optional: true, description: 'The first instant that does not belong to it any more.' })
  readonly to?: string;
}

export class AuditEntryView {
  @ShownId() readonly id!: string;
  @ShownInstant({ description: 'To the microsecond.' }) readonly at!: string;
  @ShownText() readonly actor!: string;
  @ShownText() readonly action!: string;
  @ShownText() readonly subject!: string;
  @ShownId({ nullable: true }) readonly accountId!: string | null;
  @ShownObject() readonly facts!: Readonly<Record<string, unknown>>;
  @ShownCount({
    nullable: true,
    description: 'The place in the chain; null for the second until it is sealed.',
  })
  readonly sequence!: number | null;
  @ShownText({
    nullable: true,
    description: 'SHA-256 of the hash before and this entry, in hexadecimal digits.',
  })
  readonly hash!: string | null;
}

export type AuditRow = Omit<ChainedEntry, 'sequence' | 'facts'> & {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly sequence: string | null;
  readonly hash: Buffer | null;
};

export function auditEntryView(row: AuditRow): AuditEntryView {
  return {
    ...row,
    sequence: row.sequence === null ? null : Number(row.sequence),
    hash: row.hash?.toString('hex') ?? null,
  };
}

/** An end of the chain that the operator noted elsewhere: from the process's log, or from an earlier answer. */
export class AnchorQuery {
  @WholeParameter({
    min: 1,
    max: 999_999_999,
    optional: true,
    description: 'Of an entry noted elsewhere; with `hash`.',
  })
  readonly sequence?: number;

  @Text({
    max: 64,
    pattern: /^[0-9A-Fa-f]{64}$/,
    hint: '64 hexadecimal digits',
    optional: true,
    description:
      'Of the same entry. Shows an end that was cut off, and a chain that was rewritten as a whole.',
  })
  readonly hash?: string;
}

export class ChainEndView {
  @ShownCount() readonly sequence!: number;
  @ShownText() readonly hash!: string;
}

export class ChainFaultView {
  @ShownCount({ minimum: undefined }) readonly sequence!: number;
  @ShownId({ nullable: true }) readonly id!: string | null;
  @ShownChoice(CHAIN_PROBLEMS, {
    description:
      'missing: there is no such entry. inserted: it stands before the first. changed: its hash is another. ' +
      'unlinked: it followed another entry. anchor-missing, anchor-changed: the chain is not the one noted elsewhere.',
  })
  readonly problem!: ChainFault['problem'];
}

export class VerificationView {
  @ShownFlag() readonly valid!: boolean;
  @ShownCount() readonly entries!: number;
  @ShownCount() readonly sealed!: number;
  @ShownCount({ description: 'Written within the last second or so.' }) readonly unsealed!: number;
  @Shown(() => ChainEndView, { nullable: true, description: 'The last good entry. Note it elsewhere.' })
  readonly head!: ChainEndView | null;
  @Shown(() => ChainFaultView, { nullable: true }) readonly firstBad!: ChainFaultView | null;
}

export function verificationView({ entries, sealed, end, firstBad }: Verification): VerificationView {
  return {
    valid: firstBad === undefined,
    entries,
    sealed,
    unsealed: entries - sealed,
    head: end ? { sequence: end.sequence, hash: end.hash.toString('hex') } : null,
    firstBad: firstBad ?? null,
  };
}
