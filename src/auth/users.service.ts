import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditLog } from '../audit/audit-log.service';
import { inTransaction } from '../database';
import { notFound } from '../errors/domain-error';
import { decodeKey, toPage, type Page } from '../http/page';
import { Authority } from './authority.service';
import { actorOf, type Principal, type User } from './principal';
import { signedUpUserView, type SignedUpUserView, type UserRow, type UsersQuery } from './users.dto';

const COLUMNS = 'id, email, name, role, created_at';

/** Everybody who has signed up, as admins see and change them. */
@Injectable()
export class Users {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
    private readonly audit: AuditLog,
  ) {}

  async list({ q, limit, cursor }: UsersQuery): Promise<Page<SignedUpUserView>> {
    const list = `users ${JSON.stringify([q])}`;
    const [after = ''] = decodeKey(list, cursor, ['text']) ?? [];
    const rows = await this.database.query<UserRow[]>(
      `SELECT ${COLUMNS} FROM users
        WHERE email > $1 AND ($2::text IS NULL OR position(lower($2) IN email || ' ' || lower(name)) > 0)
        ORDER BY email LIMIT $3`,
      [after, q ?? null, limit + 1],
    );
    return toPage(rows, limit, list, ({ email }) => [email], signedUpUserView);
  }

  /** Takes effect with the person's next request: the role is read anew each time. */
  async changeRole(actor: Principal, userId: string, role: User['role']): Promise<SignedUpUserView> {
    return inTransaction(this.database, async (manager) => {
      const [user] = await manager.query<UserRow[]>(`SELECT ${COLUMNS} FROM users WHERE id = $1 FOR UPDATE`, [
        userId,
      ]);
      if (!user) throw notFound('user');
      await this.authority.requireAdmin(manager, actor);
      if (user.role !== role) {
        await manager.query('UPDATE users SET role = $2 WHERE id = $1', [userId, role]);
        await this.audit.append(manager, {
          actor: actorOf(actor),
          action: 'user.role-changed',
          subject: `user:${userId}`,
          facts: { from: user.role, to: role },
        });
      }
      return signedUpUserView({ ...user, role });
    });
  }
}
