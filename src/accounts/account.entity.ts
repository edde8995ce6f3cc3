import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AccountStatus } from './account-status';
import type { PendingProfile } from './profile-review';
import type { AccountType } from './account-type';

/** A brand. */
@Entity('accounts')
export class Account {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') handle!: string;
  @Column('text') name!: string;
  @Column('text') type!: AccountType;
  @Column('text') timeZone!: string;
  /** The term (type and zone) under which it publishes now; see AccountTerm. */
  @Column('integer') term!: number;
  @Column('text', { nullable: true }) description!: string | null;
  @Column('text', { nullable: true }) avatarUrl!: string | null;
  @Column('text', { array: true }) postingTimes!: string[];
  /** A new name or picture that waits for an admin. */
  @Column('jsonb', { nullable: true }) pendingProfile!: PendingProfile | null;
  @Column('text') status!: AccountStatus;
  /** What the admin said who last changed the status. */
  @Column('text', { nullable: true }) statusReason!: string | null;
  @Column('integer') version!: number;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz') updatedAt!: Date;
}
