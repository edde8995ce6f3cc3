import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { inParts } from '../in-parts';
import { Jobs } from '../jobs/jobs.service';

/** What the jobs `webhooks` and `webhooks-slow` carry. */
export interface DeliveryJob {
  readonly deliveryId: string;
  /** Grows when a delivery is replayed: the jobs of the rounds before then have nothing to do any more. */
  readonly round: number;
}

export interface Due extends DeliveryJob {
  readonly endpointId: string;
  readonly slow: boolean;
}

const MOST_AT_ONCE = 1_000;

/** Puts deliveries on their way. */
@Injectable()
export class DeliveryJobs {
  constructor(private readonly jobs: Jobs) {}

  /** Each in the lane of its endpoint, where those of one endpoint wait for each other and for nobody else. */
  async send(manager: EntityManager, deliveries: readonly Due[], startAfter = 0): Promise<void> {
    for (const slow of [false, true]) {
      const jobs = deliveries
        .filter((delivery) => delivery.slow === slow)
        .map(({ deliveryId, round, endpointId }) => ({
          data: { deliveryId, round } satisfies DeliveryJob,
          group: endpointId,
          startAfter,
        }));
      for (const part of inParts(jobs, MOST_AT_ONCE)) await this.jobs.send(manager, laneOf(slow), part);
    }
  }

  /** After the commit, for a shorter wait. */
  wake(): void {
    this.jobs.wake('webhooks');
    this.jobs.wake('webhooks-slow');
  }
}

function laneOf(slow: boolean) {
  return slow ? ('webhooks-slow' as const) : ('webhooks' as const);
}
