import { lookup, promises as dns } from 'node:dns';
import { promisify } from 'node:util';

/** All addresses of a name. Throws when there are none. */
export type Resolve = (name: string) => Promise<readonly string[]>;

const lookupAll = promisify(lookup);

/** One name server may be asked twice for so long, in milliseconds. */
const PATIENCE = 1_500;

/**
 * Asks the name servers without a thread: the system's own look-up takes one of four threads that log-ins need too, and a
 * name whose servers are dead would hold it for ten seconds and more.
 * @param withHosts whether names that no name server knows are looked up in the system's way (hosts file), which only an
 * operator who allows inner networks can need
 */
export function nameServers(withHosts: boolean): Resolve {
  return async (written) => {
    const name = written.replace(/\.$/, '').toLowerCase();
    if (name === 'localhost' || name.endsWith('.localhost'))
      return withHosts ? byHostsFile(name) : ['127.0.0.1'];
    const resolver = new dns.Resolver({ timeout: PATIENCE, tries: 2 });
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (found.length > 0) return found;
    const refusals = answers.map(
      (answer) => (answer as PromiseRejectedResult).reason as NodeJS.ErrnoException,
    );
    const unknown = refusals.every(({ code }) => code === 'ENOTFOUND' || code === 'ENODATA');
    if (withHosts && unknown) return byHostsFile(name);
    throw refusals[0] ?? new Error(`${name} has no address`);
  };
}

async function byHostsFile(name: string): Promise<readonly string[]> {
  const found = await lookupAll(name, { all: true });
  return found.map(({ address }) => address);
}
