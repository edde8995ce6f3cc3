import {
  createParamDecorator,
  Inject,
  Injectable,
  type ExecutionContext,
  type PipeTransform,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SETTINGS, type Settings } from '../settings';

const RequestOrigin = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { protocol, host } = context.switchToHttp().getRequest<FastifyRequest>();
  return `${protocol}://${host}`;
});

@Injectable()
class ConfiguredOrigin implements PipeTransform<string, string> {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  transform(requested: string): string {
    return this.settings.publicUrl ?? requested;
  }
}

/** Where people reach this server, for links: PUBLIC_URL, or as the request did. Without a slash at the end. */
export const PublicOrigin = () => RequestOrigin(ConfiguredOrigin);
