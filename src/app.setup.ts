import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { AppModule } from './app.module';
import { RequestLimits } from './auth/request-limits.service';
import { ProblemFilter } from './errors/problem.filter';
import { acceptBodies, MAX_BODY_BYTES } from './http/bodies';
import { BodyMemory } from './http/body-memory';
import type { Client } from './http/client';
import { answerBrokenRequest, passOverExpectations } from './http/broken-request';
import { boundConnections, endUnreadAnswers, SERVER_OPTIONS } from './http/connections';
import { allowOriginOf, allowOrigins } from './http/cors';
import { requireSoundHeaders } from './http/sound-headers';
import { refuseOtherMethods } from './http/methods';
import { buildOpenApi } from './http/openapi';
import { normaliseForwarded, readTrustedProxies } from './http/trusted-proxies';
import { requireSoundRequest, validationPipe } from './http/validation';
import { loggedUrl } from './http/logged-url';
import { NestLog } from './log';
import type { Settings } from './settings';
import { servePages } from './web/static.setup';

/** Routes for the operator's machines and for readers, which carry no version. */
const WITHOUT_PREFIX = ['health/live', 'health/ready', 'metrics', 'problems/:code'];

/** The application as it is served and as it is tested: prefix, validation, error answers, headers, documents. */
export async function createApp(settings: Settings, log: Logger): Promise<NestFastifyApplication> {
  const problems = new ProblemFilter();
  // There is a server before there is anybody to count its requests.
  const counted = (client: Client) => app.get(RequestLimits).countNowhere(client);
  const adapter = new FastifyAdapter({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => uuidv7(),
    trustProxy: (_address: string, hop: number) => hop < settings.trustedProxies,
    bodyLimit: MAX_BODY_BYTES,
    http: SERVER_OPTIONS,
    // What still arrives on an open connection when the process is told to end is answered like anything else.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 1024 },
    // A malformed URL is refused before any filter of Nest is asked.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      const ip = normaliseForwarded(request, settings.trustedProxies);
      allowOriginOf(request, reply, settings.corsOrigins);
      void counted({ ip, socket: request.socket }).then(
        () => {
          problems.answer(error, request, reply);
        },
        (refusal: unknown) => {
          problems.answer(refusal, request, reply);
        },
      );
    },
    clientErrorHandler: answerBrokenRequest,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(settings), adapter, {
    logger: new NestLog(log),
    abortOnError: false,
    bodyParser: false,
  });
  const fastify = adapter.getInstance();
  readTrustedProxies(fastify, settings.trustedProxies);
  requireSoundHeaders(fastify);
  endUnreadAnswers(fastify);
  refuseOtherMethods(fastify, counted);
  const maxConnections = settings.trustedProxies > 0 ? 0 : settings.connectionsPerAddress;
  boundConnections(fastify.server, maxConnections, (line) => {
    log.warn(line);
  });
  allowOrigins(app, settings.corsOrigins);
  app.setGlobalPrefix('v1', { exclude: WITHOUT_PREFIX });
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(problems);
  acceptBodies(app, app.get(BodyMemory));
  passOverExpectations(app);
  const limits = app.get(RequestLimits);
  // Before the body is read, and after what allows other origins to see the answer.
  fastify.addHook('preParsing', async (request, _reply, payload) => {
    await limits.countByAddress(request);
    return payload;
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    // No body says as much as an empty one: "no options".
    request.body ??= {};
    requireSoundRequest(request);
    done();
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    // A connection kept alive would hold a process that is ending for as long as its client likes.
    if (!fastify.server.listening) void reply.header('connection', 'close');
    done();
  });
  logRequests(fastify, log);
  await addSecurityHeaders(app, settings);
  addDocuments(app);
  await servePages(app, settings);
  return app;
}

function logRequests(fastify: FastifyInstance, log: Logger): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const { method, url, id, ip } = request;
    const facts = {
      method,
      url: loggedUrl(url),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      request: id,
      ip,
    };
    log.debug(facts, `${method} ${loggedUrl(url)} ${String(reply.statusCode)}`);
    done();
  });
}

async function addSecurityHeaders(
  app: NestFastifyApplication,
  { hstsIncludeSubdomains }: Settings,
): Promise<void> {
  // helmet would make browsers upgrade every request to https: a page served on plain http in a local network stays blank.
  const directives = {
    'upgrade-insecure-requests': null,
    'frame-ancestors': ["'none'"],
    'object-src': ["'none'"],
  };
  await app.register(helmet, {
    contentSecurityPolicy: { directives },
    // Other hosts below this one are not ours to speak for.
    strictTransportSecurity: { includeSubDomains: hstsIncludeSubdomains },
  });
  // Answers are a person's own or a brand's: no cache in between may keep them.
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (request, reply, _payload, done) => {
      if (request.url.startsWith('/v1/') && !reply.hasHeader('cache-control')) {
        void reply.header('cache-control', 'no-store');
      }
      done();
    });
}

function addDocuments(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => buildOpenApi(app), {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'Fanfare API',
    swaggerOptions: { displayRequestDuration: true, tryItOutEnabled: true },
  });
}
