import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Json } from './json-text';

/** As much of JSON Schema as the document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly Json[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly example?: Json;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

interface MediaType {
  readonly schema: Schema;
  readonly examples?: Readonly<Record<string, { readonly value: Json }>>;
}

interface DocumentedOperation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, MediaType>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, MediaType>> }>>;
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH'] as const;
export type Method = (typeof METHODS)[number];

/** One operation of the document, as a fuzzer needs it. */
export interface FuzzedOperation {
  /** `PATCH /v1/accounts/{accountId}` */
  readonly name: string;
  readonly method: Method;
  readonly template: string;
  readonly path: readonly string[];
  readonly query: readonly Parameter[];
  readonly headers: readonly Parameter[];
  /** Undefined where none is taken. */
  readonly body:
    { readonly type: string; readonly schema: Schema; readonly examples: readonly Json[] } | undefined;
}

/** The document that the server serves, read as a client would: nothing here knows the code behind it. */
export class ApiDocument {
  readonly operations: readonly FuzzedOperation[];
  readonly templates: readonly string[];
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(private readonly document: OpenApi) {
    // The formats that two implementations draw differently would only tell the two apart.
    addFormats(this.ajv, ['uuid']);
    for (const format of ['email', 'uri', 'uri-reference', 'date-time']) this.ajv.addFormat(format, true);
    this.ajv.addSchema({ $id: 'strict', ...(closed(document) as OpenApi) });
    this.templates = Object.keys(document.paths);
    this.operations = this.templates.flatMap((template) =>
      METHODS.flatMap((method) => {
        const documented = document.paths[template]?.[method.toLowerCase()];
        return documented ? [toOperation(method, template, documented)] : [];
      }),
    );
  }

  methodsOf(template: string): string[] {
    return Object.keys(this.document.paths[template] ?? {}).map((method) => method.toUpperCase());
  }

  resolve(schema: Schema): Schema {
    if (schema.$ref === undefined) return schema;
    const name = schema.$ref.replace('#/components/schemas/', '');
    const found = this.document.components.schemas[name];
    if (!found) throw new Error(`The document refers to ${schema.$ref}, which it does not have`);
    return found;
  }

  /** Why the document forbids this body, unknown members included; undefined when it does not. */
  forbidsBody({ method, template, body }: FuzzedOperation, value: unknown): string | undefined {
    if (body === undefined) return undefined;
    const at = ['paths', template, method.toLowerCase(), 'requestBody', 'content', body.type, 'schema'];
    return this.complaint(at, value);
  }

  /** Why the document forbids this value of a parameter. */
  forbidsParameter({ schema }: Parameter, text: string): string | undefined {
    const value = schema.type === 'integer' && /^-?\d+$/.test(text) ? Number(text) : text;
    const validate = this.ajv.compile(schema);
    return validate(value) ? undefined : this.ajv.errorsText(validate.errors);
  }

  /** Members of an answer that the document does not speak of, and whatever else it does not allow. */
  forbidsAnswer({ method, template }: FuzzedOperation, status: number, value: unknown): string | undefined {
    const key = String(status);
    const content = this.document.paths[template]?.[method.toLowerCase()]?.responses[key]?.content;
    if (!content?.['application/json']) return undefined;
    const at = [
      'paths',
      template,
      method.toLowerCase(),
      'responses',
      key,
      'content',
      'application/json',
      'schema',
    ];
    return this.complaint(at, value);
  }

  private complaint(at: readonly string[], value: unknown): string | undefined {
    const fragment = at
      .map((part) => encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1')))
      .join('/');
    const validate = this.compiled.get(fragment) ?? this.ajv.compile({ $ref: `strict#/${fragment}` });
    this.compiled.set(fragment, validate);
    return validate(value) ? undefined : this.ajv.errorsText(validate.errors);
  }
}

function toOperation(method: Method, template: string, documented: DocumentedOperation): FuzzedOperation {
  const parameters = documented.parameters ?? [];
  const [[type, media] = []] = Object.entries(documented.requestBody?.content ?? {});
  const examples = Object.values(media?.examples ?? {}).map(({ value }) => value);
  return {
    name: `${method} ${template}`,
    method,
    template,
    path: [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
    query: parameters.filter((parameter) => parameter.in === 'query'),
    headers: parameters.filter((parameter) => parameter.in === 'header'),
    body: type === undefined || media === undefined ? undefined : { type, schema: media.schema, examples },
  };
}

/** A copy in which no object has members beside those that are named. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  const isSchema = typeof copy.properties === 'object' && copy.type === 'object';
  return isSchema ? { additionalProperties: false, ...copy } : copy;
}
