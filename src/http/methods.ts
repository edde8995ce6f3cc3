import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '../errors/domain-error';

/**
 * Tells a path that takes other methods (405, with `Allow`) from one that there is not (404). Call it before any route is added.
 * @param count told of each that is refused; may refuse it in another way
 */
export function refuseOtherMethods(
  fastify: FastifyInstance,
  count: (request: FastifyRequest) => Promise<void>,
): void {
  const routes = new Map<string, { readonly form: RegExp; readonly methods: Set<string> }>();
  fastify.addHook('onRoute', ({ url, method }) => {
    // What takes everything below it says nothing about a path.
    if (url.includes('*')) return;
    const route = routes.get(url) ?? { form: formOf(url), methods: new Set() };
    for (const each of [method].flat()) route.methods.add(each);
    routes.set(url, route);
  });
  fastify.addHook('onRequest', async (request: FastifyRequest, reply) => {
    const allowed = request.is404 ? methodsOf(request.url.split('?')[0] ?? '') : [];
    if (allowed.length === 0 || allowed.includes(request.method)) return;
    await count(request);
    void reply.header('allow', allowed.join(', '));
    throw new DomainError('method-not-allowed', `Here it is ${allowed.join(', ')}.`);
  });

  function methodsOf(path: string): string[] {
    const methods = [...routes.values()].flatMap((route) =>
      route.form.test(path) ? [...route.methods] : [],
    );
    return [...new Set(methods)].sort();
  }
}

function formOf(url: string): RegExp {
  const parts = url
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('/')}$`);
}
