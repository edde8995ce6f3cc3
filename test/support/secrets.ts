/** What every application of the tests is started with, as its environment says it. */
export const SECRETS = {
  ADMIN_API_KEY: 'an admin key that only tests use, 32+',
  SESSION_SECRET: 'a session secret that only tests use',
  SUBSCRIBER_JWT_SECRET: 'a subscriber secret that only tests use',
} as const;
