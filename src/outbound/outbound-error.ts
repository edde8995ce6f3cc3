/** Why a request got no answer. */
export type OutboundFailure = 'address-not-allowed' | 'unreachable' | 'timed-out' | 'cut-off';

/** A request that got no answer. The message names no address: it may be shown to whoever gave the URL. */
export class OutboundError extends Error {
  constructor(
    readonly failure: OutboundFailure,
    message: string,
  ) {
    super(message);
  }
}
