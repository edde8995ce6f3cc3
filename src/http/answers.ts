import { ApiProperty } from '@nestjs/swagger';

/** Fields of answers: always present, null where there is nothing to say. */
const shown = (schema: object) => ApiProperty({ required: true, ...schema });

export const ShownId = (more: object = {}) => shown({ type: 'string', format: 'uuid', ...more });
export const ShownText = (more: object = {}) => shown({ type: 'string', ...more });
export const ShownChoice = (of: readonly string[], more: object = {}) =>
  shown({ type: 'string', enum: [...of], ...more });
export const ShownInstant = (more: object = {}) => shown({ type: 'string', format: 'date-time', ...more });
export const ShownCount = (more: object = {}) => shown({ type: 'integer', minimum: 0, ...more });
export const ShownFlag = (more: object = {}) => shown({ type: 'boolean', ...more });
export const ShownTexts = (more: object = {}) => shown({ type: 'array', items: { type: 'string' }, ...more });
// Swagger takes a function for a lazy type only when it is called "type": hence the wrapping.
export const Shown = (kind: () => unknown, more: object = {}) => shown({ type: () => kind(), ...more });
export const ShownList = (kind: () => unknown, more: object = {}) =>
  shown({ type: () => kind(), isArray: true, ...more });
export const ShownObject = (more: object = {}) =>
  shown({ type: 'object', additionalProperties: true, ...more });
