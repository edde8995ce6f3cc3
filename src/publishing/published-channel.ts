/** On this channel of PostgreSQL each batch that published something says so as it commits. A hint: it can get lost. */
export const PUBLISHED_CHANNEL = 'fanfare_published';
