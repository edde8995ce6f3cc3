import type { Account } from '../api/types';

type Status = Account['status'];

/** What an admin does to an account. */
export type Move = 'approve' | 'resume' | 'suspend' | 'close';

const FROM: Readonly<Record<Move, readonly Status[]>> = {
  approve: ['pending'],
  resume: ['suspended'],
  suspend: ['active'],
  close: ['pending', 'active', 'suspended'],
};

/** What can be done from here, the gentlest first. */
export function movesFrom(status: Status): readonly Move[] {
  return (Object.keys(FROM) as Move[]).filter((move) => FROM[move].includes(status));
}

/** Whoever takes something from a brand says why: its owner will ask. */
export function needsReason(move: Move): boolean {
  return move === 'suspend' || move === 'close';
}
