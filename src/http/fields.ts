import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  IsUrl,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  type ValidationArguments,
  type ValidationOptions,
} from 'class-validator';
import { isName, tidyName } from '../text/name';
import { hasVisibleText } from '../text/visible-text';
import { emailWeakness } from './email-address';
import { hasLength, tidied } from './text-length';

/**
 * One decorator a field: what is checked and what the OpenAPI document says of it are written in the same place, so
 * that they cannot come to differ. Optional means absent; null is accepted only where a field says `nullable`.
 */
interface FieldOptions {
  readonly description?: string;
  readonly example?: unknown;
  readonly optional?: boolean;
  readonly nullable?: boolean;
}

function field(options: FieldOptions, schema: ApiPropertyOptions, ...checks: PropertyDecorator[]) {
  const { description, example, optional = false, nullable = false } = options;
  const skip = ValidateIf(
    (_, value: unknown) => !(optional && value === undefined) && !(nullable && value === null),
  );
  const documented = {
    ...schema,
    required: !optional,
    ...(description !== undefined && { description }),
    ...(example !== undefined && { example }),
    ...(nullable && { nullable: true }),
  } as ApiPropertyOptions;
  return applyDecorators(...(optional || nullable ? [skip] : []), ...checks, ApiProperty(documented));
}

interface TextOptions {
  readonly min?: number;
  readonly max: number;
  readonly pattern?: RegExp;
  /** What the pattern asks for, in words. */
  readonly hint?: string;
  /** The one way to write it that is kept; it is checked as it is then. */
  readonly tidy?: (text: string) => string;
  /** False where answers show the same field without its bounds. */
  readonly boundDocumented?: boolean;
}

/** Text of `min` to `max` characters (code points). */
export function Text(options: FieldOptions & TextOptions) {
  const { min = 1, max, pattern, hint, tidy, boundDocumented = true } = options;
  const wanted = hint === undefined ? undefined : { message: `$property must be ${hint}` };
  const checks = [IsString(wanted), Characters(min, max)];
  if (pattern) {
    checks.push(Matches(pattern, wanted ?? { message: `$property must be like ${String(pattern)}` }));
  }
  const schema = {
    type: 'string',
    ...(boundDocumented && { minLength: min, maxLength: max }),
    ...(pattern && { pattern: pattern.source }),
  };
  const documented = field(options, schema as ApiPropertyOptions, ...checks);
  return tidy ? applyDecorators(Tidied(max, tidy), documented) : documented;
}

/** The number of characters (code points); class-validator's Length leaves out variation selectors, however many there are. */
function Characters(min: number, max: number, options: ValidationOptions = {}): PropertyDecorator {
  const least = `longer than or equal to ${min}`;
  const most = `shorter than or equal to ${max}`;
  const wanted = (value: unknown) => {
    if (typeof value !== 'string') return `${least} and ${most}`;
    return value.length < min ? least : most;
  };
  const validator = {
    validate: (value: unknown) => typeof value === 'string' && hasLength(value, min, max),
    defaultMessage: (context?: ValidationArguments) =>
      `${options.each ? 'each value in ' : ''}$property must be ${wanted(context?.value)} characters`,
  };
  return ValidateBy({ name: 'isLength', validator }, options);
}

function Tidied(max: number, tidy: (text: string) => string): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? tidied(value, max, tidy) : value,
  );
}

/** Text that people are to read: where it is not empty, there is something to see. */
export function Prose(options: FieldOptions & TextOptions) {
  const isReadable = (value: unknown) =>
    typeof value === 'string' && (value === '' ? options.min === 0 : hasVisibleText(value));
  const defaultMessage = () =>
    `$property must have something to see${options.optional || options.nullable ? ', or be left out' : ''}`;
  return applyDecorators(
    Text(options),
    ValidateBy({ name: 'visible', validator: { validate: isReadable, defaultMessage } }),
  );
}

/** What people tell somebody or something apart by: tidied (see `src/text/name.ts`), one line, with something to see. */
export function Name(options: FieldOptions & { max: number }) {
  const defaultMessage = () =>
    '$property must be one line with something to see, without control, format or direction characters';
  return applyDecorators(
    Text({ ...options, tidy: tidyName }),
    ValidateBy({
      name: 'name',
      validator: { validate: (value) => typeof value === 'string' && isName(value), defaultMessage },
    }),
  );
}

export function Choice(options: FieldOptions & { of: readonly string[] }) {
  return field(options, { type: 'string', enum: [...options.of] }, IsIn(options.of));
}

export function Flag(options: FieldOptions = {}) {
  return field(options, { type: 'boolean' }, IsBoolean());
}

/** A flag that can only be said, not denied: `{"now": true}`. */
export function Yes(options: FieldOptions = {}) {
  const schema = { type: 'boolean', enum: [true] } as unknown as ApiPropertyOptions;
  return field(options, schema, IsIn([true]));
}

export function Whole(options: FieldOptions & { min: number; max: number }) {
  const { min, max } = options;
  const message = `$property must be a whole number from ${min} to ${max}`;
  const checks = [IsInt({ message }), Min(min, { message }), Max(max, { message })];
  return field(options, { type: 'integer', minimum: min, maximum: max }, ...checks);
}

/** A whole number in a query string. */
export function WholeParameter(options: FieldOptions & { min: number; max: number }) {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
    ),
    Whole(options),
  );
}

export function Id(options: FieldOptions = {}) {
  return field(options, { type: 'string', format: 'uuid' }, IsUUID());
}

function IsPlainEmail(): PropertyDecorator {
  return ValidateBy({
    name: 'email',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && emailWeakness(value) === undefined,
      defaultMessage: (args) =>
        `$property ${typeof args?.value === 'string' ? (emailWeakness(args.value) ?? '') : 'must be text'}`,
    },
  });
}

/** An address as people type it; `normalEmail` makes of it what is kept and compared. */
export function Email(options: FieldOptions = {}) {
  return field(
    options,
    { type: 'string', format: 'email', maxLength: 254 },
    IsString(),
    // It may have white space around it, which is not kept.
    Characters(0, 2 * 254),
    IsPlainEmail(),
  );
}

/**
 * An address that people's devices open; this server never does. Neither a name before the host (`https://bank.example@evil.example`)
 * nor a sign that turns the direction of writing may make it look like another one.
 */
export function WebAddress(options: FieldOptions = {}) {
  const rules = {
    protocols: ['https', 'http'],
    require_protocol: true,
    require_tld: false,
    disallow_auth: true,
  };
  const message =
    '$property must be an address like https://shop.example/rye.jpg, without a user name, a password and signs that turn the direction of writing';
  const schema = { type: 'string', format: 'uri', maxLength: 2048 } as const;
  const checks = [IsUrl(rules, { message }), Matches(/^\P{Bidi_Control}*$/u, { message })];
  return field(options, schema, IsString(), Characters(1, 2048), ...checks);
}

export function TextList(options: FieldOptions & { maxItems: number; max: number }) {
  const { maxItems, max } = options;
  return field(
    options,
    { type: 'array', items: { type: 'string', minLength: 1, maxLength: max }, maxItems, uniqueItems: true },
    IsArray(),
    ArrayMaxSize(maxItems),
    ArrayUnique(),
    IsString({ each: true }),
    Characters(1, max, { each: true }),
  );
}

/** Turns the plain object into its class, so that nested checks run. */
export function Nested(kind: () => new () => object) {
  return Type(kind);
}
