import { ApiProperty } from '@nestjs/swagger';
import { Shown, ShownCount, ShownFlag, ShownInstant, ShownList, ShownText } from '../http/answers';

const Seconds = (description: string, nullable = false) =>
  ApiProperty({ type: 'number', minimum: 0, required: true, nullable, description });
const Milliseconds = (description: string) =>
  ApiProperty({ type: 'number', required: true, nullable: true, description });

export class SchedulerHealth {
  @ShownFlag({ description: 'Whether this process has ticked since it started.' })
  readonly hasTicked!: boolean;
  @Seconds('Since the last tick of this process, or since its start.') readonly tickAgeSeconds!: number;
  @ShownCount({ description: 'Broadcasts whose time has come and that are not out yet.' })
  readonly overdue!: number;
}

export class LatenessHealth {
  @ShownCount({ description: 'How many of the latest publications this is about, 1,000 at most.' })
  readonly publications!: number;
  @Milliseconds('From the scheduled instant to publication, median.') readonly p50Ms!: number | null;
  @Milliseconds('The same, exceeded by one in a hundred.') readonly p99Ms!: number | null;
}

export class QueueHealth {
  @ShownText({ example: 'web-pushes' }) readonly queue!: string;
  @ShownCount({ description: 'Jobs that are due and that nobody has begun.' }) readonly waiting!: number;
  @ShownCount({ description: 'Jobs that are to be tried later.' }) readonly later!: number;
  @ShownCount({ description: 'Jobs at work.' }) readonly active!: number;
  @Seconds('How long the oldest of the waiting has been due.', true) readonly oldestSeconds!: number | null;
}

export class PlatformHealth {
  @Shown(() => SchedulerHealth) readonly scheduler!: SchedulerHealth;
  @Shown(() => LatenessHealth) readonly lateness!: LatenessHealth;
  @ShownList(() => QueueHealth) readonly queues!: readonly QueueHealth[];
  @ShownCount({ description: 'Live streams that this process holds.' }) readonly openStreams!: number;
  @ShownInstant() readonly asOf!: string;
}
