import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { clockAhead, setClock } from '../support/clock';
import type { Prng } from './rig/seed';

/**
 * Sets the clock to shortly before an instant, however long it took to prepare for it.
 * @param lead milliseconds before the instant
 * @returns waits until so many milliseconds before (below zero) or after it
 */
export async function approach(
  database: DataSource,
  at: number,
  lead: number,
): Promise<(offset: number) => Promise<void>> {
  await setClock(database, instant(at - lead));
  const ahead = await clockAhead(database);
  return (offset) => delay(at + offset - ahead - Date.now());
}

export function instant(at: number): string {
  return new Date(at).toISOString();
}

/** Milliseconds around an instant in which people act. */
const NEAR = 50;

/**
 * When to begin with something that is to arrive at about the instant at which something else happens. How long it is
 * under way depends on the machine, so it learns from who came first.
 */
export class Aim {
  private underWay = NEAR;

  constructor(private readonly random: Prng) {}

  /** The earliest that anybody begins, and a little time before that. */
  get lead(): number {
    return this.underWay + 2 * NEAR;
  }

  offset(): number {
    return this.random.between(-NEAR, NEAR) - this.underWay;
  }

  /** @param early the share of those who came before it */
  learn(early: number): void {
    if (early < 1 / 3) this.underWay = 2 * this.underWay + NEAR;
    if (early > 2 / 3) this.underWay = this.underWay / 2;
  }
}
