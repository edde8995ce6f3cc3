import { createContext, useContext } from 'react';
import type { Account } from '../api/types';
import type { Role } from './session';

export const KEPT_ACCOUNT = 'fanfare.account';

export interface OwnAccount {
  readonly account: Account;
  /** Of the person in this account. An admin who is no member looks on as a viewer. */
  readonly role: Role;
  /** Whether the person may do what an owner, an editor, a viewer may. */
  readonly may: (role: Role) => boolean;
}

export const AccountContext = createContext<OwnAccount | undefined>(undefined);

/** On every page below /a/:accountId. */
export function useAccount(): OwnAccount {
  const own = useContext(AccountContext);
  if (!own) throw new Error('useAccount() outside of <AccountPages>');
  return own;
}
