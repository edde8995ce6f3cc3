import { ApiHeader } from '@nestjs/swagger';

/** For an operation that may be bound to the version that the caller has read. */
export const MayMatch = () =>
  ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The ETag that you read; without it, whichever version there is.',
    schema: { type: 'string' },
  });
