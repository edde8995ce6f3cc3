import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { SubscriberTokens } from '../auth/subscriber-tokens.service';
import { BodyMemory } from '../http/body-memory';
import { PublishingReport, type TickReport } from '../publishing/publishing-report.service';
import { Streams } from '../stream/streams.service';
import { registerTokenMetrics } from './token-metrics.service';

/** Seconds. A publication is on time within the second; LATE_LIMIT is an hour unless told otherwise. */
const LATENESS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 1800, 3600];

/** The figures of this process, for Prometheus. A registry of its own, since tests run several applications at once. */
@Injectable()
export class Metrics implements OnModuleInit {
  private readonly registry = new Registry();
  private readonly published = new Counter({
    name: 'fanfare_broadcasts_published_total',
    help: 'Broadcasts that this process published.',
    registers: [this.registry],
  });
  private readonly missed = new Counter({
    name: 'fanfare_broadcasts_missed_total',
    help: 'Broadcasts that came due and did not go out.',
    labelNames: ['reason'],
    registers: [this.registry],
  });
  private readonly lateness = new Histogram({
    name: 'fanfare_publish_lateness_seconds',
    help: 'From the instant for which a broadcast was scheduled to its publication.',
    buckets: LATENESS,
    registers: [this.registry],
  });
  private readonly tickDuration = new Histogram({
    name: 'fanfare_tick_duration_seconds',
    help: 'How long a tick of the scheduler took.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });
  private readonly requests = new Histogram({
    name: 'fanfare_http_request_duration_seconds',
    help: 'How long requests took, by route.',
    labelNames: ['method', 'route', 'status'],
    registers: [this.registry],
  });

  constructor(
    private readonly http: HttpAdapterHost,
    report: PublishingReport,
    streams: Streams,
    subscriberTokens: SubscriberTokens,
    bodies: BodyMemory,
  ) {
    registerTokenMetrics(this.registry, subscriberTokens);
    new Gauge({
      name: 'fanfare_tick_age_seconds',
      help: 'Since the last tick of the scheduler in this process, or since its start.',
      registers: [this.registry],
      collect() {
        this.set(report.secondsSinceTick);
      },
    });
    new Gauge({
      name: 'fanfare_open_streams',
      help: 'Live streams that subscribers hold open at this process.',
      registers: [this.registry],
      collect() {
        this.set(streams.count);
      },
    });
    new Gauge({
      name: 'fanfare_held_body_bytes',
      help: 'Of requests under way whose bodies are large; beyond the bound more are refused with 503.',
      registers: [this.registry],
      collect() {
        this.set(bodies.heldBytes);
      },
    });
    collectDefaultMetrics({ register: this.registry });
    report.onTick((tick) => {
      this.count(tick);
    });
  }

  onModuleInit(): void {
    const fastify = this.http.httpAdapter.getInstance<FastifyInstance>();
    fastify.addHook('onResponse', (request, reply, done) => {
      // The pattern, not the path: every id would open a series of its own.
      const route = request.routeOptions.url ?? 'none';
      // A live stream lasts as long as its reader likes, which says nothing about how quick the answers are.
      if (reply.getHeader('content-type')?.toString().startsWith('text/event-stream')) {
        done();
        return;
      }
      const labels = { method: request.method, route, status: reply.statusCode };
      this.requests.observe(labels, reply.elapsedTime / 1000);
      done();
    });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** In Prometheus' text format. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  private count({ durationMs, published, missed }: TickReport): void {
    this.tickDuration.observe(durationMs / 1000);
    this.published.inc(published.length);
    for (const { latenessMs } of published) this.lateness.observe(latenessMs / 1000);
    for (const { reason } of missed) this.missed.inc({ reason });
  }
}
