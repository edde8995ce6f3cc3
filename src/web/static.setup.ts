import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { existsSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import type { Settings } from '../settings';
import { policyOfConsole, policyOfInbox } from './content-security-policy';
import { pageOfPath } from './page-of-path';

/** Serves the pages where they have been built; without them there is the API only. */
export async function servePages(
  app: NestFastifyApplication,
  { webRoot, embedOrigins }: Settings,
): Promise<void> {
  if (webRoot === undefined || !existsSync(join(webRoot, 'index.html'))) return;
  const policies = new Map([
    ['index.html', policyOfConsole()],
    ['inbox.html', policyOfInbox(embedOrigins)],
  ]);
  await app.register(fastifyStatic, {
    root: webRoot,
    wildcard: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply: FastifyReply, path: string) => {
      // Built files carry a hash of their content in their name; the others keep their names for ever.
      const isHashed = path.includes(`${sep}assets${sep}`);
      void reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      const name = basename(path).replace(/\.(br|gz)$/, '');
      const policy = policies.get(name);
      if (policy === undefined) return;
      void reply.header('content-security-policy', policy);
      // The older header knows no list of origins, and where both stand, some browsers heed it.
      if (name === 'inbox.html') void reply.removeHeader('x-frame-options');
      else void reply.header('x-frame-options', 'DENY');
    },
  });
  // Not a route of its own, which would answer in the place of every one that there is not.
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      const isLooking = request.is404 && (request.method === 'GET' || request.method === 'HEAD');
      const page = isLooking ? pageOfPath(request.url) : undefined;
      if (page === undefined) done();
      else void reply.sendFile(page);
    });
}
