import { Readable } from 'node:stream';
import { ValidationPipe, type ValidationError } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isStorableText } from '../auth/subscriber-id';
import { DomainError } from '../errors/domain-error';
import { MAX_PARAMETERS } from './shape-bounds';
import { unknownFieldMessage } from './unknown-fields';

interface FieldError {
  /** Path of the field, as in `content.articles.0.title`. */
  readonly field: string;
  readonly message: string;
}

/** Unknown fields are refused, not ignored: a misspelt option must not be taken for its default. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    stopAtFirstError: true,
    // Of which kind the request was, for the words about fields that it does not have; it goes no further than that.
    validationError: { target: true, value: false },
    exceptionFactory: (errors) => invalidRequest(errors.flatMap((error) => fieldErrors(error))),
  });
}

export function invalidRequest(errors: readonly FieldError[]): DomainError {
  const shown = errors.slice(0, 20);
  const detail = shown.map(({ field, message }) => `${field}: ${message}`).join('; ');
  return new DomainError('invalid-request', detail || 'The request is not an object.', { errors: shown });
}

function fieldErrors(error: ValidationError, path = ''): FieldError[] {
  const field = path === '' ? error.property : `${path}.${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([check, message]) => ({
    field,
    message: check === 'whitelistValidation' ? unknownFieldMessage(error.target, error.property) : message,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, field))];
}

/** What cannot be decoded would be searched for as it stands, and nothing found. */
function requireSoundQuery(url: string): void {
  const begin = url.indexOf('?');
  if (begin === -1) return;
  try {
    decodeURIComponent(url.slice(begin + 1));
  } catch {
    const message = 'holds a % that begins no escape of UTF-8; the sign itself is written %25';
    throw invalidRequest([{ field: 'query', message }]);
  }
}

/**
 * Runs before validation, for every operation: a query that cannot be decoded is refused, more parameters than any takes are refused, and text that the database
 * cannot keep (a null character, half a surrogate pair) wherever it stands, keys included. The shape of a body has been
 * checked already, before it was parsed.
 * @throws DomainError invalid-request
 */
export function requireSoundRequest({ params, query, body, url }: FastifyRequest): void {
  requireSoundQuery(url);
  const count = Object.values(query as object).flat().length;
  if (count > MAX_PARAMETERS) {
    throw invalidRequest([{ field: 'query', message: `has too many parameters: at most ${MAX_PARAMETERS}` }]);
  }
  for (const [part, value] of Object.entries({ params, query, body })) {
    // A stream (an upload) is checked piece by piece by whoever reads it.
    if (!(value instanceof Readable)) requireSoundText(value, part, '');
  }
}

/** Bounded by the shape of requests: it goes no deeper than that allows, and meets no more than that many values. */
function requireSoundText(value: unknown, part: string, place: string): void {
  if (typeof value === 'string') {
    if (!isStorableText(value)) throw unsoundText(place || part);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (!isStorableText(key)) throw unsoundText(place || part);
    const field = place === '' ? key : `${place}.${key}`;
    // Left out without a word when the object is made into its class, so that the check for unknown fields never sees them.
    if (key in Object.prototype || key === 'prototype') {
      throw invalidRequest([{ field, message: `property ${key} should not exist` }]);
    }
    requireSoundText(inner, part, field);
  }
}

function unsoundText(field: string): DomainError {
  return invalidRequest([{ field, message: 'text may hold no null character and no lone surrogate' }]);
}
