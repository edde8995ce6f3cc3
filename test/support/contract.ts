import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { buildOpenApi } from '../../src/http/openapi';

interface Received {
  readonly statusCode: number;
  readonly payload: string;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
}

/** The document and the compiled schemas are the same for every app of this process. */
let contract: Contract | undefined;

/** Fails unless the OpenAPI document knows the operation, the status, and an answer of this shape. */
export function expectDocumented(
  app: NestFastifyApplication,
  method: string,
  url: string,
  answer: Received,
): void {
  contract ??= new Contract(buildOpenApi(app));
  const complaint = contract.complaintAbout(method.toLowerCase(), url.split('?')[0] ?? '', answer);
  if (complaint !== undefined) {
    throw new Error(
      `${method} ${url} answered off the OpenAPI document: ${complaint}\n${answer.payload.slice(0, 800)}`,
    );
  }
}

class Contract {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly compiled = new Map<string, ValidateFunction>();
  private readonly paths: readonly { readonly template: string; readonly form: RegExp }[];

  constructor(private readonly document: OpenAPIObject) {
    addFormats(this.ajv);
    this.ajv.addSchema({ $id: 'openapi', ...document });
    this.paths = Object.keys(document.paths)
      .map((template) => ({ template, form: new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`) }))
      // A literal segment wins over a parameter, as it does in the router.
      .sort((a, b) => a.template.split('{').length - b.template.split('{').length);
  }

  complaintAbout(
    method: string,
    path: string,
    { statusCode, payload, headers }: Received,
  ): string | undefined {
    const found = this.paths.find(
      ({ template, form }) => form.test(path) && this.operation(template, method),
    );
    if (!found)
      return [404, 405].includes(statusCode) || path.startsWith('/docs')
        ? undefined
        : 'there is no such operation';
    const pointer = ['paths', found.template, method, 'responses', String(statusCode)];
    const response = this.operation(found.template, method)?.responses[String(statusCode)];
    if (!response) return `status ${String(statusCode)} is not documented`;
    const content = 'content' in response ? response.content : undefined;
    if (!content) return payload === '' ? undefined : 'it should have no body';
    const type = (headers['content-type']?.toString() ?? '').split(';')[0] ?? '';
    if (!content[type]) return `content type ${type} is not documented`;
    if (!/json$/.test(type)) return undefined;
    const validate = this.validator([...pointer, 'content', type, 'schema']);
    return validate(JSON.parse(payload)) ? undefined : this.ajv.errorsText(validate.errors);
  }

  private operation(template: string, method: string) {
    return (this.document.paths[template] as Record<string, OpenAPIObject['paths'][string]['get']>)[method];
  }

  private validator(pointer: readonly string[]): ValidateFunction {
    const fragment = pointer
      .map((part) => encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1')))
      .join('/');
    const known = this.compiled.get(fragment);
    const validate = known ?? this.ajv.compile({ $ref: `openapi#/${fragment}` });
    this.compiled.set(fragment, validate);
    return validate;
  }
}
