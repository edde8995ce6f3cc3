import { ACCOUNT_TYPE_NAMES, type AccountType } from '../accounts/account-type';
import { DomainError } from '../errors/domain-error';
import { periodLabelled } from './quota-period';

/**
 * The types of account whose calendars have a period of this label.
 * @throws DomainError invalid-period, where none has: a label that names nothing would find nothing, without a word
 */
export function typesWithPeriod(label: string): readonly AccountType[] {
  const types = ACCOUNT_TYPE_NAMES.filter((type) => periodLabelled(label, { type, timeZone: 'UTC' }));
  if (types.length > 0) return types;
  throw new DomainError(
    'invalid-period',
    `There is no month and no day ${label}, in the years 0001 to 9998.`,
  );
}
