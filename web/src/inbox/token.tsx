import { useCallback, useEffect, useState } from 'react';
import { bearWith, whenSignedOut } from '../api/client';
import { holds, readToken, tokenIn, tokenOf, untilRenewal, type HandedToken } from './handed-token';

/** Over a reload of this tab, and no longer than it lives. */
const KEPT = 'fanfare.subscriber-token';

const isFramed = window.parent !== window;
const parentOrigin = isFramed ? originAround() : undefined;

/** Why there is no token. `asked`: the page around this one has been told. */
export type Lack = 'none' | 'ended' | 'asked';

export interface Person {
  readonly held: HandedToken | undefined;
  readonly lack: Lack;
  /** Takes a token, and says whether it was one. */
  readonly take: (token: string) => boolean;
  /** The server no longer takes it. */
  readonly end: () => void;
  /** The person wants it so. */
  readonly drop: () => void;
}

/** Who the operator's app says is looking: by the address, or by a message of the page around the frame. */
export function usePerson(): Person {
  const [held, setHeld] = useState(arrive);
  const [hasEnded, setEnded] = useState(false);
  const take = useCallback((text: string) => {
    const token = readToken(text);
    if (!token || !holds(token, Date.now())) return false;
    keep(token);
    setHeld(token);
    return true;
  }, []);
  const drop = useCallback(() => {
    keep(undefined);
    setHeld(undefined);
  }, []);
  const end = useCallback(() => {
    setEnded(true);
    drop();
  }, [drop]);

  useEffect(() => {
    const onMessage = ({ data, origin, source }: MessageEvent) => {
      const token = tokenOf(
        { data, origin, isFromParent: isFramed && source === window.parent },
        parentOrigin,
      );
      if (token !== undefined) take(token);
    };
    const onHash = () => {
      const token = tokenIn(location.hash);
      forgetHash();
      if (token !== undefined) take(token);
    };
    window.addEventListener('message', onMessage);
    window.addEventListener('hashchange', onHash);
    whenSignedOut(end);
    return () => {
      window.removeEventListener('message', onMessage);
      window.removeEventListener('hashchange', onHash);
      whenSignedOut(() => undefined);
    };
  }, [take, end]);

  useEffect(() => {
    if (!held) {
      askForToken();
      return;
    }
    const timer = setTimeout(askForToken, untilRenewal(held, Date.now()));
    return () => clearTimeout(timer);
  }, [held]);

  return { held, lack: isFramed ? 'asked' : hasEnded ? 'ended' : 'none', take, end, drop };
}

function arrive(): HandedToken | undefined {
  const arrived = tokenIn(location.hash) ?? sessionStorage.getItem(KEPT) ?? '';
  forgetHash();
  const token = readToken(arrived);
  keep(token && holds(token, Date.now()) ? token : undefined);
  return token && holds(token, Date.now()) ? token : undefined;
}

/** A token must not stay where it is copied together with the address. */
function forgetHash(): void {
  if (tokenIn(location.hash) === undefined) return;
  history.replaceState(history.state, '', location.pathname + location.search);
}

function keep(token: HandedToken | undefined): void {
  bearWith(token?.token);
  if (token) sessionStorage.setItem(KEPT, token.token);
  else sessionStorage.removeItem(KEPT);
}

/** Says nothing secret, so that it may be said although the browser does not tell who is around. */
function askForToken(): void {
  if (isFramed) window.parent.postMessage({ type: 'fanfare-token-expired' }, parentOrigin ?? '*');
}

function originAround(): string | undefined {
  const { ancestorOrigins } = location as { readonly ancestorOrigins?: DOMStringList };
  const [nearest] = ancestorOrigins ?? [];
  if (nearest !== undefined && nearest !== 'null') return nearest;
  return document.referrer === '' ? undefined : new URL(document.referrer).origin;
}
