import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import type { AddressRules } from './address-rules';
import { OutboundError } from './outbound-error';
import type { Resolve } from './resolver.service';
import { hostOf, isLiteral } from './web-address';

/** How long a connection may take to come about, in milliseconds. */
const CONNECT_TIMEOUT = 5_000;

/**
 * Connects to addresses that the rules allow, and to no others: the addresses that a name has at this moment are checked
 * and just these are dialled, so that a name which changes its mind between check and use gains nothing. One that has
 * both allowed and other addresses is refused as a whole.
 */
export function guardedConnector(rules: AddressRules, resolve: Resolve): buildConnector.connector {
  const lookup: LookupFunction = (name, options, done) => {
    checkedAddresses(rules, resolve, name).then(
      (addresses) => {
        const wanted = addresses.filter(({ family }) => !options.family || options.family === family);
        const [first] = wanted;
        if (!first) done(unreachable(name), '');
        else if (options.all) done(null, wanted);
        else done(null, first.address, first.family);
      },
      (error: unknown) => {
        done(error as NodeJS.ErrnoException, '');
      },
    );
  };
  const dial = buildConnector({ lookup, timeout: CONNECT_TIMEOUT, autoSelectFamily: true });
  return (options, done) => {
    const host = hostOf(options);
    // A host that is an address already is never looked up.
    if (isLiteral(host) && !rules.mayDial(host)) {
      done(notAllowed(host), null);
      return;
    }
    dial(options, (error, socket) => {
      if (error) {
        done(error, null);
      } else if (rules.mayDial(socket.remoteAddress ?? '')) {
        done(null, socket);
      } else {
        socket.destroy();
        done(notAllowed(host), null);
      }
    });
  };
}

interface Checked {
  readonly address: string;
  readonly family: number;
}

async function checkedAddresses(rules: AddressRules, resolve: Resolve, name: string): Promise<Checked[]> {
  const addresses = await resolve(name);
  if (addresses.length === 0) throw unreachable(name);
  if (!addresses.every((address) => rules.mayDial(address))) throw notAllowed(name);
  return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
}

function notAllowed(host: string): OutboundError {
  return new OutboundError('address-not-allowed', `${host} leads to an address that is not public`);
}

function unreachable(name: string): OutboundError {
  return new OutboundError('unreachable', `${name} has no address`);
}
