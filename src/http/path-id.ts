import { Injectable, type PipeTransform } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { notFound } from '../errors/domain-error';
import { isSub } from '../auth/subscriber-id';

/** An id in a path. What is not a UUID names nothing, like a UUID that nobody has. */
@Injectable()
export class PathId implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isUUID(value)) throw notFound('thing');
    return value.toLowerCase();
  }
}

/** An operator's user id in a path. */
@Injectable()
export class PathSub implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isSub(value)) throw notFound('subscriber');
    return value;
  }
}
