import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { listenLocally, originOf } from './local-server';

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** In front of a PostgreSQL on a socket: the same server by TCP, with TLS by a certificate of its own or without it. */
export class TlsFront {
  readonly counts = { encrypted: 0, plain: 0 };
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    private readonly directory: string,
  ) {}

  /** @param offersTls with a certificate for the name `localhost`, signed by itself */
  static async start(database: string, offersTls: boolean): Promise<TlsFront> {
    const directory = await mkdtemp(join(tmpdir(), 'fanfare-tls-'));
    const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
    await promisify(execFile)('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
    ]);
    const secrets = { key: await readFile(key), cert: await readFile(cert) };
    const path = join(new URL(database).searchParams.get('host') ?? '', '.s.PGSQL.5432');
    const server = createServer();
    const front = new TlsFront(server, directory);
    server.on('connection', (socket) => {
      front.sockets.add(socket.on('error', () => undefined));
      socket.once('data', (first) => {
        const backend = connect(path).on('error', () => undefined);
        front.sockets.add(backend);
        if (!first.equals(SSL_REQUEST)) {
          front.counts.plain += 1;
          backend.write(first);
          socket.pipe(backend).pipe(socket);
        } else if (offersTls) {
          socket.write('S');
          const secured = new TLSSocket(socket, { isServer: true, ...secrets }).on('error', () => undefined);
          secured.on('secure', () => (front.counts.encrypted += 1));
          secured.pipe(backend).pipe(secured);
        } else {
          socket.write('N');
          socket.pipe(backend).pipe(socket);
        }
      });
    });
    await listenLocally(server as never);
    return front;
  }

  get certificate(): string {
    return join(this.directory, 'cert.pem');
  }

  url(host: string, database: string, parameters: string): string {
    const { username, pathname } = new URL(database);
    const { port } = new URL(originOf(this.server as never));
    return `postgres://${username === '' ? 'fanfare' : username}@${host}:${port}${pathname}?${parameters}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await rm(this.directory, { recursive: true });
  }
}
