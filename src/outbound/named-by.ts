/**
 * Who has named the address: the operator, whose requests may reach the networks of `OUTBOUND_ALLOW`; or anybody else, a
 * brand or a person, whose requests go to public addresses only, unless `OUTBOUND_ALLOW_BRANDS` says otherwise.
 */
export type NamedBy = 'operator' | 'anybody';
