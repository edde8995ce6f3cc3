import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Every operation below /v1 that the router knows, whether or not it is documented: `GET /v1/accounts/{accountId}`. */
export function servedOperations(app: NestFastifyApplication): string[] {
  const printed = app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  const above: string[] = [];
  return printed.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^([│ ]*)[├└]── (\S+)(?: \(([^)]+)\))?/.exec(line) ?? [];
    const depth = indent.length / 4;
    const path = (above[depth - 1] ?? '') + part;
    above[depth] = path;
    if (!path.startsWith('/v1/')) return [];
    const template = path.replace(/:(\w+)/g, '{$1}');
    const own = methods.split(', ').filter((method) => !['', 'HEAD', 'OPTIONS'].includes(method));
    return own.map((method) => `${method} ${template}`);
  });
}
