/** How a lane sends. */
export interface Lane {
  readonly queue: 'web-pushes' | 'web-pushes-slow';
  /** How long a push service may take to answer, in milliseconds. */
  readonly patienceMs: number;
  readonly slots: {
    /** Requests of one job that are under way together, those apart that are no longer young. */
    readonly count: number;
    readonly youngMs: number;
  };
  /** Whether devices that took long lately, or take long now, are left to the other lane. */
  readonly movesSlow: boolean;
}

export interface PushLanes {
  readonly quick: Lane;
  readonly slow: Lane;
}

/** The lanes of this process; tests have others. */
export const PUSH_LANES = Symbol('push lanes');

export const DEFAULT_LANES: PushLanes = {
  quick: {
    queue: 'web-pushes',
    patienceMs: 2_000,
    slots: { count: 16, youngMs: 250 },
    movesSlow: true,
  },
  slow: {
    queue: 'web-pushes-slow',
    patienceMs: 8_000,
    slots: { count: 16, youngMs: 8_000 },
    movesSlow: false,
  },
};
