import { exactText } from '../audience/instant';

/** SQL: what the chain covers of an entry, under the names that it has there. */
export const chainedColumns = `id, ${exactText('at')} AS at, actor, action, subject, account_id AS "accountId", facts`;
