/** A text of the source that is replaced. It must be there exactly once. */
export interface Removal {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Something that keeps a promise; without it, a suite must fail and say so. */
export interface Guard {
  readonly name: string;
  readonly removals: readonly Removal[];
  /** The fault suite that must notice. */
  readonly suite: string;
  /** The test of it that must notice, where the others would take long; else any. */
  readonly test?: string;
  /** Found in what the suite says: it must fail for the right reason. */
  readonly says: RegExp;
  /** What still holds without it, or why it takes another one to be removed as well. */
  readonly remark?: string;
}

const SLOT_KEY: Removal = {
  file: 'migrations/1763800000002-create-broadcasts.ts',
  from: 'CONSTRAINT quota_slots_pk PRIMARY KEY (account_id, term, period, slot),',
  to: '',
};
const TERMS_LOCK: Removal = {
  file: 'src/quotas/quotas.service.ts',
  from: 'ORDER BY term FOR NO KEY UPDATE',
  to: 'ORDER BY term',
};
const PUBLISHER_LOCK: Removal = {
  file: 'src/publishing/batch.service.ts',
  from: "pg_try_advisory_xact_lock(${lockKey('publisher')}) AS mine",
  to: "${lockKey('publisher')} <> 0 AS mine",
};
const SEQUENCE_ONCE: Removal = {
  file: 'migrations/1763800000002-create-broadcasts.ts',
  from: 'sequence           bigint         CONSTRAINT broadcasts_sequence_once UNIQUE,',
  to: 'sequence           bigint,',
};
const KEY_ONCE: Removal = {
  file: 'migrations/1763800000009-write-fewer-index-entries.ts',
  from: 'CREATE UNIQUE INDEX broadcasts_idempotency_once ON',
  to: 'CREATE INDEX broadcasts_idempotency_once ON',
};
const CANCEL_CHECK: Removal = {
  file: 'src/broadcasts/moves.service.ts',
  from: 'if (mayBe(act, broadcast.status)) return broadcast;',
  to: `if (act === 'cancel' || mayBe(act, broadcast.status)) return broadcast;`,
};
const OUT_HAS_INSTANT: Removal = {
  file: 'migrations/1763800000002-create-broadcasts.ts',
  from: `CHECK ((status IN ('published', 'recalled')) = (published_at IS NOT NULL)),`,
  to: 'CHECK (true),',
};

/** The clock of the process, which may be wrong, in place of the database's. */
const OWN_CLOCK = '${new Date().toISOString()}';

export const GUARDS: readonly Guard[] = [
  {
    name: 'Primary key of the slots',
    removals: [SLOT_KEY],
    suite: 'quota-storm',
    says: /PostgreSQL took it/,
    remark: 'Requests are still counted right: they queue up for the terms of the account.',
  },
  {
    name: 'Lock on the terms of an account',
    removals: [TERMS_LOCK],
    suite: 'quota-storm',
    says: /500 /,
    remark: 'No slot too many: the primary key refuses it, though not politely.',
  },
  {
    name: 'Primary key of the slots, and the lock on the terms',
    removals: [SLOT_KEY, TERMS_LOCK],
    suite: 'quota-storm',
    says: /"accepted": \d+/,
  },
  {
    name: 'Check of the allowance on a slot',
    removals: [
      {
        file: 'migrations/1763800000002-create-broadcasts.ts',
        from: `THEN grant_last IS NULL AND slot BETWEEN 1 AND CASE type WHEN 'service' THEN 4 ELSE 1 END`,
        to: 'THEN true',
      },
    ],
    suite: 'quota-storm',
    says: /PostgreSQL took it/,
    remark: 'Requests are still counted right: the code never asks for such a slot.',
  },
  {
    name: "The publishers' advisory lock",
    removals: [PUBLISHER_LOCK],
    suite: 'orders',
    says: /"status": "scheduled"/,
    remark: 'No two have the same place in the sequence, since it is unique: one of them is put off instead.',
  },
  {
    name: "The publishers' advisory lock, and the uniqueness of sequences",
    removals: [PUBLISHER_LOCK, SEQUENCE_ONCE],
    suite: 'orders',
    says: /has the sequence/,
  },
  {
    name: "The database's clock, when publishing",
    removals: [
      {
        file: 'src/publishing/batch.service.ts',
        from: 'FROM fanfare_now() AS now`',
        to: `FROM (SELECT '${OWN_CLOCK}'::timestamptz AS now) AS own\``,
      },
    ],
    suite: 'clocks',
    test: 'publish what is due',
    says: /Expected: (<|>=) |not so within/,
  },
  {
    name: "The database's clock, when scheduling",
    removals: [
      {
        file: 'src/database.ts',
        from: `'SELECT fanfare_now() AS now'`,
        to: `\`SELECT '${OWN_CLOCK}'::timestamptz AS now\``,
      },
    ],
    suite: 'clocks',
    test: 'know what is past',
    says: /invalid-schedule/,
  },
  {
    name: "Uniqueness of an account's idempotency keys",
    removals: [KEY_ONCE],
    suite: 'retries',
    says: /"id": /,
  },
  {
    name: 'Look-up of the earlier answer',
    removals: [
      {
        file: 'src/broadcasts/idempotent-creation.service.ts',
        from: 'const earlier = idempotency && (await storedAnswer(manager, accountId, idempotency));',
        to: 'const earlier = idempotency && (false ? await storedAnswer(manager, accountId, idempotency) : undefined);',
      },
    ],
    suite: 'retries',
    says: /"(409|500) |"status": 500/,
  },
  {
    name: 'Check of the status on cancelling',
    removals: [CANCEL_CHECK],
    suite: 'orders',
    says: /"status": 500|which was cancelled, be broadcast.cancelled/,
    remark:
      'Nothing published is taken back: a check of the table refuses it, though not politely. But things are cancelled twice.',
  },
  {
    name: 'Check of the status on cancelling, and that of the table',
    removals: [CANCEL_CHECK, OUT_HAS_INSTANT],
    suite: 'orders',
    says: /"publications": 1/,
  },
  {
    name: 'Lock on the broadcast that is cancelled or edited',
    removals: [
      {
        file: 'src/broadcasts/broadcast-row.service.ts',
        from: 'WHERE id = $1 AND account_id = $2 FOR UPDATE',
        to: 'WHERE id = $1 AND account_id = $2',
      },
    ],
    suite: 'orders',
    says: /"status": 500|"version"|"publications"/,
  },
  {
    name: 'Comparison with If-Match',
    removals: [
      {
        file: 'src/errors/version.ts',
        from: 'if (expected === undefined || expected.includes(current)) return;',
        to: 'if (expected === undefined || current > 0) return;',
      },
    ],
    suite: 'retries',
    says: /Expected: <= 1 Received: +2|"412 \/problems\/version-conflict": 1, \+ +"200": 1/,
  },
  {
    name: 'End of the period, looked at when publishing',
    removals: [
      {
        file: 'src/publishing/lateness.ts',
        from: `if (now >= due.periodEndsAt) return 'period ended';`,
        to: '',
      },
    ],
    suite: 'periods',
    says: /wentOutTheDayBefore|missedReason|is published at \S+, outside \S+, whose slot it holds/,
  },
  {
    name: 'Lock on the account while publishing',
    removals: [
      {
        file: 'src/publishing/batch.service.ts',
        from: 'FOR NO KEY UPDATE OF b SKIP LOCKED FOR SHARE OF a SKIP LOCKED',
        to: 'FOR NO KEY UPDATE OF b SKIP LOCKED',
      },
    ],
    suite: 'account-changes',
    says: /"account suspended"/,
  },
  {
    name: 'End of a follow, looked at when reading the inbox',
    removals: [
      {
        file: 'src/audience/audience.ts',
        from: '`${from} <= ${at} AND (${until} IS NULL OR ${until} > ${at})`',
        to: '`${from} <= ${at} AND (${until} IS NULL OR true)`',
      },
    ],
    suite: 'audience-cut',
    says: /"at": \d+/,
  },
  {
    name: 'Catching up from the bookmark of a client that comes back',
    removals: [
      {
        file: 'src/stream/streams.service.ts',
        from: 'else void this.catchUp.run(stream, from);',
        to: 'else this.goLive(stream);',
      },
    ],
    suite: 'stream',
    says: /"missed"|"[0-9a-f-]{36}"/,
  },
];
