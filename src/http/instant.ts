import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { registerDecorator, ValidateIf } from 'class-validator';

const RFC_3339 = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/i;

/**
 * The instant that an RFC 3339 text with an offset names, in UTC with the microseconds that PostgreSQL keeps (finer
 * digits are cut off); undefined for any other text, for days that no calendar has, and outside the years 1 to 9999.
 */
export function exactInstant(text: string): string | undefined {
  const [, day = '', time = '', fraction = '', offset = ''] = RFC_3339.exec(text) ?? [];
  const local = isoOf(`${day}T${time}Z`);
  // Date moves the 30th of February to March: what does not come back unchanged was no date.
  if (local !== `${day}T${time}.000Z`) return undefined;
  // Most are in UTC, and an import has a million of them.
  const utc = offset === 'Z' ? local : isoOf(`${day}T${time}${offset.toUpperCase()}`);
  if (utc === undefined || !/^(?!0000)\d{4}-/.test(utc)) return undefined;
  return `${utc.slice(0, 19)}.${fraction.slice(0, 6).padEnd(6, '0')}Z`;
}

function isoOf(text: string): string | undefined {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

interface InstantOptions {
  readonly description?: string;
  readonly example?: string;
  readonly optional?: boolean;
  readonly nullable?: boolean;
}

const WANTED =
  '$property must be an instant with an offset, such as 2026-03-01T08:30:00+01:00 (in an address + is written %2B)';

/** A field that holds an RFC 3339 instant with an offset; read it with `exactInstant`. */
export function Instant({ description, example, optional = false, nullable = false }: InstantOptions = {}) {
  const isInstant: PropertyDecorator = (target, propertyName) => {
    registerDecorator({
      name: 'instant',
      target: target.constructor,
      propertyName: String(propertyName),
      options: { message: WANTED },
      validator: { validate: (value) => typeof value === 'string' && exactInstant(value) !== undefined },
    });
  };
  const skip = ValidateIf(
    (_, value: unknown) => !(optional && value === undefined) && !(nullable && value === null),
  );
  const documented = ApiProperty({
    type: 'string',
    format: 'date-time',
    required: !optional,
    example: example ?? '2026-03-01T08:30:00+01:00',
    ...(description !== undefined && { description }),
    ...(nullable && { nullable: true }),
  });
  return applyDecorators(skip, isInstant, documented);
}
