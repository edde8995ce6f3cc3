import { lazy, type ComponentType } from 'react';

/** A part of the pages that is loaded when it is needed could not be: no connection, or a newer version was installed. */
export class PartNotLoaded extends Error {
  constructor(cause: unknown) {
    super('A part of the page could not be loaded', { cause });
  }
}

const PAUSES_MS = [300, 1_500];

/** `lazy` for parts whose file may not come the first time: it is asked for again before the page gives up. */
export function lazyPart<Props>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): ReturnType<typeof lazy<ComponentType<Props>>> {
  return lazy(async () => {
    for (const pause of PAUSES_MS) {
      try {
        return await load();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
    return load().catch((error: unknown) => {
      throw new PartNotLoaded(error);
    });
  });
}
