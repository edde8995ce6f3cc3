import { useCallback, useEffect, useRef, useState } from 'react';
import { bearWith, whenSignedOut } from '../api/client';
import { deviceStorage, tabStorage } from '../storage';
import { holds, isSomebodyElse, readToken, tokenIn, tokenOf, type HandedToken } from './handed-token';
import { answered, NO_REQUESTS, requested, untilRequest } from './token-requests';

/** Over a reload of this tab, and no longer than it lives. */
const KEPT = 'fanfare.subscriber-token';

/** Who was the last one to read on this device: their id, which opens nothing. */
const LAST_READER = 'fanfare.last-reader';

const isFramed = window.parent !== window;
const parentOrigin = isFramed ? originAround() : undefined;

/** Why there is no token. `asked`: the page around this one has been told. */
export type Lack = 'none' | 'ended' | 'asked';

export interface Person {
  readonly held: HandedToken | undefined;
  readonly lack: Lack;
  /** Of somebody else than who reads here, by a link: taken only when the person says so. */
  readonly offered: HandedToken | undefined;
  /** Says whether it is to be taken. */
  readonly answer: (isTaken: boolean) => void;
  /** Takes a token, and says whether it was one. */
  readonly take: (token: string) => boolean;
  /** The server no longer takes it. */
  readonly end: () => void;
  /** The person wants it so. */
  readonly drop: () => void;
  /** The person does not want to wait until the page around this one is asked again. */
  readonly askAgain: () => void;
}

/** Who the operator's app says is looking: by the address, or by a message of the page around the frame. */
export function usePerson(): Person {
  const [arrived] = useState(arrive);
  const [held, setHeld] = useState(arrived.held);
  const [offered, setOffered] = useState(arrived.offered);
  const [hasEnded, setEnded] = useState(false);
  const take = useCallback((text: string) => {
    const token = readToken(text);
    if (!token || !holds(token, Date.now())) return false;
    keep(token);
    setHeld(token);
    setOffered(undefined);
    return true;
  }, []);
  const lose = useCallback(() => {
    keep(undefined);
    setHeld(undefined);
  }, []);
  const drop = useCallback(() => {
    deviceStorage.removeItem(LAST_READER);
    lose();
  }, [lose]);
  const end = useCallback(() => {
    setEnded(true);
    lose();
  }, [lose]);
  const answer = useCallback(
    (isTaken: boolean) => {
      if (isTaken && offered) take(offered.token);
      setOffered(undefined);
    },
    [offered, take],
  );

  useEffect(() => {
    const onMessage = ({ data, origin, source }: MessageEvent) => {
      const token = tokenOf(
        { data, origin, isFromParent: isFramed && source === window.parent },
        parentOrigin,
      );
      if (token !== undefined) take(token);
    };
    const onHash = () => {
      const token = readToken(tokenIn(location.hash) ?? '');
      forgetHash();
      if (!token || !holds(token, Date.now())) return;
      if (isToBeAsked(token)) setOffered(token);
      else take(token.token);
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

  const askAgain = useTokenRequests(held);
  const lack = isFramed ? 'asked' : hasEnded ? 'ended' : 'none';
  return { held, lack, offered, answer, take, end, drop, askAgain };
}

/** Asks the page around the frame for a token whenever one is needed, with pauses. */
function useTokenRequests(held: HandedToken | undefined): () => void {
  const requests = useRef(NO_REQUESTS);
  const [round, setRound] = useState(0);
  const ask = useCallback(() => {
    requests.current = requested(requests.current, Date.now());
    askForToken();
    setRound((last) => last + 1);
  }, []);
  useEffect(() => {
    if (!isFramed) return;
    if (held) requests.current = answered(requests.current, held);
    const timer = setTimeout(ask, untilRequest(requests.current, held, Date.now()));
    return () => clearTimeout(timer);
  }, [held, round, ask]);
  return ask;
}

function arrive(): Pick<Person, 'held' | 'offered'> {
  const linked = lasting(tokenIn(location.hash));
  const kept = lasting(tabStorage.getItem(KEPT));
  forgetHash();
  const isOffered = linked !== undefined && isToBeAsked(linked);
  const held = isOffered ? kept : (linked ?? kept);
  keep(held);
  return { held, offered: isOffered ? linked : undefined };
}

function lasting(text: string | null | undefined): HandedToken | undefined {
  const token = readToken(text ?? '');
  return token && holds(token, Date.now()) ? token : undefined;
}

/** In a frame the page around it says who is looking, and only pages that the operator has named can be that. */
function isToBeAsked(token: HandedToken): boolean {
  if (isFramed) return false;
  const reader = lasting(tabStorage.getItem(KEPT))?.sub ?? deviceStorage.getItem(LAST_READER);
  return isSomebodyElse(token, reader);
}

/** A token must not stay where it is copied together with the address. */
function forgetHash(): void {
  if (tokenIn(location.hash) === undefined) return;
  history.replaceState(history.state, '', location.pathname + location.search);
}

function keep(token: HandedToken | undefined): void {
  bearWith(token?.token);
  if (token) {
    tabStorage.setItem(KEPT, token.token);
    if (!isFramed) deviceStorage.setItem(LAST_READER, token.sub);
  } else tabStorage.removeItem(KEPT);
}

/** Says nothing secret, so that it may be said although the browser does not tell who is around. */
function askForToken(): void {
  window.parent.postMessage({ type: 'fanfare-token-expired' }, parentOrigin ?? '*');
}

function originAround(): string | undefined {
  const { ancestorOrigins } = location as { readonly ancestorOrigins?: DOMStringList };
  const [nearest] = ancestorOrigins ?? [];
  if (nearest !== undefined && nearest !== 'null') return nearest;
  return document.referrer === '' ? undefined : new URL(document.referrer).origin;
}
