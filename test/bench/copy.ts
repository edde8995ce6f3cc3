import type { Client, Connection, Submittable } from 'pg';

/** The parts of pg's connection that its types leave out. */
interface CopyConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  readonly stream: { writableNeedDrain: boolean; once(event: 'drain', listener: () => void): void };
}

/** `COPY … FROM STDIN` of these chunks. */
export function copyIn(client: Client, statement: string, chunks: readonly Buffer[]): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new CopyIn(statement, chunks, resolve, reject));
  });
}

/** As pg takes a query that is to speak to the server itself. */
class CopyIn implements Submittable {
  constructor(
    private readonly statement: string,
    private readonly chunks: readonly Buffer[],
    private readonly resolve: () => void,
    private readonly reject: (error: unknown) => void,
  ) {}

  submit(connection: Connection): void {
    (connection as unknown as CopyConnection).query(this.statement);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    const send = (from: number): void => {
      for (let next = from; next < this.chunks.length; next += 1) {
        connection.sendCopyFromChunk(this.chunks[next] as Buffer);
        if (!connection.stream.writableNeedDrain) continue;
        connection.stream.once('drain', () => {
          send(next + 1);
        });
        return;
      }
      connection.endCopyFrom();
    };
    send(0);
  }

  handleCommandComplete(): void {
    // What counts comes with ReadyForQuery, after the commit.
  }

  handleReadyForQuery(): void {
    this.resolve();
  }

  handleError(error: unknown): void {
    this.reject(error);
  }
}
