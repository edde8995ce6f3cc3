import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { databaseNow } from '../database';
import { DEFAULT_JOBS_SCHEMA } from '../jobs/jobs-schema';
import { QUEUE_NAMES } from '../jobs/queues';
import { PublishingReport } from '../publishing/publishing-report.service';
import { SETTINGS, type Settings } from '../settings';
import { Streams } from '../stream/streams.service';
import type { LatenessHealth, PlatformHealth, QueueHealth } from './admin-health.dto';

/** What an admin looks at first when something seems wrong. Counted when asked. */
@Injectable()
export class PlatformHealthReport {
  constructor(
    private readonly database: DataSource,
    private readonly publishing: PublishingReport,
    private readonly streams: Streams,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async read(): Promise<PlatformHealth> {
    const { manager } = this.database;
    const [{ overdue }] = await manager.query<[{ overdue: number }]>(OVERDUE);
    const [lateness] = await manager.query<[LatenessHealth]>(LATENESS);
    const queues = await manager.query<QueueHealth[]>(queuesIn(this.settings.jobsSchema), [QUEUE_NAMES]);
    const { hasTicked, secondsSinceTick } = this.publishing;
    return {
      scheduler: { hasTicked, tickAgeSeconds: Math.round(secondsSinceTick * 10) / 10, overdue },
      lateness,
      queues,
      openStreams: this.streams.count,
      asOf: (await databaseNow(manager)).toISOString(),
    };
  }
}

const OVERDUE = `
  SELECT count(*)::integer AS overdue FROM broadcasts WHERE status = 'scheduled' AND scheduled_at <= (SELECT fanfare_now())`;

const LATENESS = `
  SELECT count(*)::integer AS publications, percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS "p50Ms",
         percentile_cont(0.99) WITHIN GROUP (ORDER BY ms) AS "p99Ms"
    FROM (SELECT (extract(epoch FROM published_at - scheduled_at) * 1000)::float8 AS ms
            FROM broadcasts WHERE sequence IS NOT NULL ORDER BY sequence DESC LIMIT 1000) AS latest`;

/** Not by fanfare_now(): when a job is due is compared with PostgreSQL's own clock by whoever takes it. */
const queuesIn = (schema = DEFAULT_JOBS_SCHEMA) => `
  SELECT queue.name AS queue,
         (count(*) FILTER (WHERE j.state < 'active' AND j.start_after <= clock.now))::integer AS waiting,
         (count(*) FILTER (WHERE j.state < 'active' AND j.start_after > clock.now))::integer AS later,
         (count(*) FILTER (WHERE j.state = 'active'))::integer AS active,
         extract(epoch FROM clock.now
           - min(j.start_after) FILTER (WHERE j.state < 'active' AND j.start_after <= clock.now))::float8 AS "oldestSeconds"
    FROM unnest($1::text[]) WITH ORDINALITY AS queue (name, place)
    CROSS JOIN (SELECT clock_timestamp() AS now) AS clock
    LEFT JOIN ${schema}.job j ON j.name = queue.name
   GROUP BY queue.name, queue.place, clock.now ORDER BY queue.place`;
