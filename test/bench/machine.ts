import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import type { DataSource } from 'typeorm';

/** Where and when something was measured. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGB: number;
  readonly system: string;
  readonly node: string;
  readonly postgres: string;
  readonly date: string;
  /** Over the minute before: what else the machine was busy with. */
  readonly load: number;
}

export async function describeMachine(database: DataSource): Promise<Machine> {
  const [{ version }] = await database.query<[{ version: string }]>(
    `SELECT current_setting('server_version') AS version`,
  );
  const [load = 0] = loadavg();
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    node: process.version,
    postgres: version,
    date: new Date().toISOString(),
    load: Number(load.toFixed(2)),
  };
}
