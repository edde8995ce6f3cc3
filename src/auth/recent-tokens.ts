import { createHash } from 'node:crypto';

/**
 * Tokens that were good lately, by their hashes. A bounded number: the one that was used longest ago is forgotten, which
 * costs its holder nothing where nobody at the same address misuses it.
 */
export class RecentTokens {
  private readonly hashes = new Set<string>();

  constructor(private readonly max: number) {}

  add(token: string): void {
    const hash = hashOf(token);
    this.hashes.delete(hash);
    this.hashes.add(hash);
    if (this.hashes.size <= this.max) return;
    const [oldest] = this.hashes;
    if (oldest !== undefined) this.hashes.delete(oldest);
  }

  has(token: string): boolean {
    return this.hashes.has(hashOf(token));
  }

  delete(token: string): void {
    this.hashes.delete(hashOf(token));
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
