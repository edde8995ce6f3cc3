import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { PROBLEM_TYPE_PREFIX, PROBLEMS } from '../errors/problems';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** Refusals that any operation may answer, beside those that it documents itself. */
const ALWAYS = [400, 404, 408, 413, 415, 422, 429, 431, 500, 503];
const WITH_TOKEN = [401, 403];
const CHANGES = [409];

/** Groups of operations in the order in which a newcomer meets them. */
const IN_ORDER = [
  ...[
    'Signing in',
    'Accounts',
    'Accounts: members',
    'Accounts: keys',
    'Broadcasts',
    'Quota',
    'Audience',
    'Webhooks',
  ],
  ...[
    'Directory',
    'Subscriber: follows',
    'Subscriber: inbox',
    'Subscriber: notifications',
    'Subscriber: my data',
  ],
  ...['Admin: accounts', 'Admin: quota', 'Admin: audit', 'Admin: people and keys', 'Admin: webhooks'],
  ...['Admin: platform', 'Admin: trying things out', 'Operation', 'Documents'],
];

const introduction = `Brands broadcast to their followers, within a quota that cannot be exceeded.

Send \`Authorization: Bearer <token>\`: a log-in token (\`POST /v1/login\`), an API key, or for \`/v1/me\` a subscriber's
token from the operator's own app. Instants are RFC 3339 with an offset in requests and UTC in answers. Errors are problem documents
(RFC 9457) with a stable \`type\`.`;

/** The OpenAPI 3.1 document of the application as it is. */
export function buildOpenApi(app: INestApplication): OpenAPIObject {
  const options = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Fanfare')
    .setDescription(introduction)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'token')
    .addCookieAuth('fanfare_session', SESSION_COOKIE, 'session')
    .build();
  options.tags = IN_ORDER.map((name) => ({ name }));
  const document = SwaggerModule.createDocument(app, options, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
  });
  document.components = { ...document.components, schemas: { ...document.components?.schemas, Problem } };
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (operation) {
        nameSchemesOnce(operation);
        documentRefusals(operation, method);
      }
    }
  }
  return document;
}

const SESSION_COOKIE = {
  type: 'apiKey',
  in: 'cookie',
  description:
    "Of the browser that logged in by `POST /v1/session`; only for requests from this server's own pages.",
} as const;

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** A route and its controller may both say who may call it. */
function nameSchemesOnce(operation: Operation): void {
  const schemes = new Map(operation.security?.map((scheme) => [JSON.stringify(scheme), scheme]));
  if (operation.security) operation.security = [...schemes.values()];
}

function documentRefusals(operation: Operation, method: string): void {
  const isPublic = operation.security?.some((scheme) => Object.keys(scheme).length === 0) ?? true;
  const statuses = [...ALWAYS, ...(isPublic ? [] : WITH_TOKEN), ...(method === 'get' ? [] : CHANGES)];
  if (isPublic && method === 'post') statuses.push(401);
  const ifMatch = operation.parameters?.find(
    (parameter) => 'name' in parameter && parameter.name === 'If-Match',
  );
  if (ifMatch) statuses.push(412);
  if (ifMatch && 'required' in ifMatch && ifMatch.required) statuses.push(428);
  for (const status of statuses) operation.responses[status] ??= refusal(status);
}

function refusal(status: number) {
  const titles = Object.values(PROBLEMS).filter((problem) => problem.status === status);
  return {
    description: titles.map(({ title }) => title).join(', or: ') || 'Refused',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

const Problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance'],
  properties: {
    type: {
      type: 'string',
      format: 'uri-reference',
      enum: Object.keys(PROBLEMS).map((code) => PROBLEM_TYPE_PREFIX + code),
    },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What is wrong, and what to do.' },
    instance: {
      type: 'string',
      format: 'uri-reference',
      description: 'The request, as it stands in the log.',
    },
  },
  additionalProperties: true,
};
