import { ValidationPipe, type ValidationError } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isStorableText } from '../auth/subscriber-id';
import { DomainError } from '../errors/domain-error';

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
  const own = Object.values(error.constraints ?? {}).map((message) => ({ field, message }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, field))];
}

/**
 * Runs before validation: text that the database cannot keep (a null character, half a surrogate pair) is refused
 * wherever it stands, keys included.
 * @throws DomainError invalid-request
 */
export function refuseUnstorableText(request: FastifyRequest): void {
  for (const part of ['params', 'query', 'body'] as const) {
    const place = unstorable(request[part], part);
    if (place !== undefined) {
      throw invalidRequest([
        { field: place, message: 'text may hold no null character and no lone surrogate' },
      ]);
    }
  }
}

/** No request is meant to be deeper; a deeper one could exhaust the stack of whatever walks it. */
const MAX_DEPTH = 16;

function unstorable(value: unknown, place: string, depth = 0): string | undefined {
  if (typeof value === 'string') return isStorableText(value) ? undefined : place;
  // A stream (an upload) is checked line by line by whoever reads it.
  if (typeof value !== 'object' || value === null || 'pipe' in value) return undefined;
  if (depth > MAX_DEPTH) throw invalidRequest([{ field: place, message: 'is nested too deeply' }]);
  for (const [key, inner] of Object.entries(value)) {
    // Left out without a word when the object is made into its class, so that the check for unknown fields never sees them.
    if (key in Object.prototype || key === 'prototype') {
      throw invalidRequest([{ field: `${place}.${key}`, message: `property ${key} should not exist` }]);
    }
    const found = isStorableText(key) ? unstorable(inner, `${place}.${key}`, depth + 1) : place;
    if (found !== undefined) return found;
  }
  return undefined;
}
