import { Injectable } from '@nestjs/common';
import { RateLimiterPostgres, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';

interface Budget {
  /** Keeps its keys apart from those of other budgets. */
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
}

/** The shape in which the library sends a statement. The name, for a prepared one, is left out: poolers share sessions. */
interface Statement {
  readonly text: string;
  readonly values?: unknown[];
}

/** Budgets that all replicas share: the table `attempts`, whose columns are the library's. */
@Injectable()
export class AttemptsStore {
  constructor(private readonly database: DataSource) {}

  budget({ name, points, seconds }: Budget): RateLimiterAbstract {
    return new RateLimiterPostgres({
      storeClient: { query: (statement: Statement) => this.query(statement) },
      storeType: 'client',
      tableName: 'attempts',
      tableCreated: true,
      keyPrefix: name,
      points,
      duration: seconds,
    });
  }

  private async query({ text, values }: Statement): Promise<{ rows: unknown[]; rowCount: number }> {
    const runner = this.database.createQueryRunner();
    try {
      const { records = [], affected } = (await runner.query(text, values, true)) as {
        records?: unknown[];
        affected?: number;
      };
      return { rows: records, rowCount: affected ?? records.length };
    } finally {
      await runner.release();
    }
  }
}
