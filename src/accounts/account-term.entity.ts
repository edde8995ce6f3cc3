import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AccountType } from './account-type';

/**
 * The type and zone under which an account publishes, from `startsAt` on. A change of either opens the next term; the
 * old one goes on counting until the period that was running at the change has ended.
 */
@Entity('account_terms')
export class AccountTerm {
  @PrimaryColumn('uuid') accountId!: string;
  @PrimaryColumn('integer') term!: number;
  @Column('text') type!: AccountType;
  @Column('text') timeZone!: string;
  @Column('timestamptz') startsAt!: Date;
  /** Null for the current term. */
  @Column('timestamptz', { nullable: true }) countsUntil!: Date | null;
}
