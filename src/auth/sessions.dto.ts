import { ShownFlag, ShownId, ShownInstant, ShownText } from '../http/answers';
import { Choice } from '../http/fields';

const YES_OR_NO = ['true', 'false'] as const;
type YesOrNo = (typeof YES_OR_NO)[number];

export class LogOutQuery {
  @Choice({ of: YES_OR_NO, optional: true, description: 'true ends every session of the person.' })
  readonly everywhere?: YesOrNo;
}

export class EndSessionsQuery {
  @Choice({ of: YES_OR_NO, optional: true, description: 'true leaves the session that is asking.' })
  readonly keepCurrent?: YesOrNo;
}

export class OpenSessionView {
  @ShownId() readonly id!: string;
  @ShownText({ description: 'The browser and system, or the program, that logged in.' })
  readonly device!: string;
  @ShownInstant() readonly createdAt!: string;
  @ShownInstant({ description: 'To five minutes.' }) readonly lastSeenAt!: string;
  @ShownInstant() readonly expiresAt!: string;
  @ShownFlag({ description: 'Whether it is the session that is asking.' }) readonly current!: boolean;
}

export interface OpenSessionRow {
  readonly id: string;
  readonly device: string;
  readonly created_at: Date;
  readonly last_seen_at: Date;
  readonly expires_at: Date;
}

export function openSessionView(row: OpenSessionRow, current: string): OpenSessionView {
  return {
    id: row.id,
    device: row.device,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    current: row.id === current,
  };
}
