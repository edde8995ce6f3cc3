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
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { emailWeakness } from './email-address';

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
  /** False where answers show the same field without its bounds. */
  readonly boundDocumented?: boolean;
}

/** Text of `min` to `max` characters (code points). */
export function Text(options: FieldOptions & TextOptions) {
  const { min = 1, max, pattern, hint, boundDocumented = true } = options;
  const checks = [IsString(), Length(min, max)];
  if (pattern) {
    checks.push(Matches(pattern, { message: `$property must be ${hint ?? `like ${String(pattern)}`}` }));
  }
  const schema = {
    type: 'string',
    ...(boundDocumented && { minLength: min, maxLength: max }),
    ...(pattern && { pattern: pattern.source }),
  };
  return field(options, schema as ApiPropertyOptions, ...checks);
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
  return field(options, { type: 'integer', minimum: min, maximum: max }, IsInt(), Min(min), Max(max));
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
  return field(options, { type: 'string', format: 'email', maxLength: 254 }, IsPlainEmail());
}

/** An address that people's devices open; this server never does. */
export function WebAddress(options: FieldOptions = {}) {
  const checks = IsUrl({ protocols: ['https', 'http'], require_protocol: true, require_tld: false });
  return field(options, { type: 'string', format: 'uri', maxLength: 2048 }, checks, Length(1, 2048));
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
    Length(1, max, { each: true }),
  );
}

/** Turns the plain object into its class, so that nested checks run. */
export function Nested(kind: () => new () => object) {
  return Type(kind);
}
