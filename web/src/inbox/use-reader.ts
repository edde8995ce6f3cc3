import { createContext, useContext } from 'react';

/** Who reads here: the operator's id of the person, which opens nothing. */
export const ReaderContext = createContext<string | undefined>(undefined);

export function useReader(): string | undefined {
  return useContext(ReaderContext);
}
