/** Deliveries that one request replays. */
export const MAX_REPLAYED_AT_ONCE = 10_000;

/** Deliveries of one endpoint that are replayed in an hour; the database holds it too. */
export const MAX_REPLAYED_PER_HOUR = 20_000;

/** Between two challenges of one endpoint. */
export const CHALLENGE_PAUSE_SECONDS = 10;

/** To whom a URL leads: scheme, host and port, without name, password and path. */
export function originOf(url: string): string {
  return new URL(url).origin;
}

export interface Destination {
  /** Where the endpoint points now. */
  readonly origin: string;
  /** What has answered the endpoint's latest challenge. */
  readonly provenOrigin: string | null;
}

/** Whether all of these may be sent to it again; those that were never sent anywhere may. */
export function mayReplayTo(
  { origin, provenOrigin }: Destination,
  deliveries: readonly { readonly firstOrigin: string | null }[],
): boolean {
  if (origin === provenOrigin) return true;
  return deliveries.every(({ firstOrigin }) => firstOrigin === null || firstOrigin === origin);
}

/** Whether an answer to a challenge repeats its value, as `{"challenge": "…"}` or as text. */
export function repeatsChallenge(answer: string, value: string): boolean {
  if (answer.trim() === value) return true;
  try {
    const told: unknown = JSON.parse(answer);
    return typeof told === 'object' && told !== null && 'challenge' in told && told.challenge === value;
  } catch {
    return false;
  }
}
