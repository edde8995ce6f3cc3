import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links by which people join a brand. The table keeps a hash of the token that a link carries, never the token. */
export class CreateInvitations1763800000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE invitations (
        id          uuid        CONSTRAINT invitations_pk PRIMARY KEY,
        account_id  uuid        NOT NULL CONSTRAINT invitations_account REFERENCES accounts (id),
        role        text        NOT NULL CONSTRAINT invitations_role_known CHECK (role IN ('owner', 'editor', 'viewer')),
        email       text,
        token_hash  bytea       NOT NULL CONSTRAINT invitations_token_once UNIQUE
                                CONSTRAINT invitations_token_hashed CHECK (length(token_hash) = 32),
        created_by  text        NOT NULL,
        created_at  timestamptz NOT NULL,
        expires_at  timestamptz NOT NULL,
        accepted_at timestamptz,
        accepted_by uuid        CONSTRAINT invitations_accepted_by REFERENCES users (id),
        revoked_at  timestamptz,
        CONSTRAINT invitations_accepted_by_somebody CHECK ((accepted_at IS NULL) = (accepted_by IS NULL)),
        CONSTRAINT invitations_used_or_revoked CHECK (accepted_at IS NULL OR revoked_at IS NULL)
      )`);
    await runner.query(`CREATE INDEX invitations_of_account ON invitations (account_id, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE invitations`);
  }
}
