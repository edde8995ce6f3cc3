/** On this channel of PostgreSQL each batch that published something says so as it commits. A hint: it can get lost. */
export const PUBLISHED_CHANNEL = 'fanfare_published';

/** SQL for the channel's name in this installation: channels belong to the whole database, an installation to one schema of it. */
export function channelOf(channel: string): string {
  return `CASE current_schema() WHEN 'public' THEN '${channel}' ELSE '${channel}_' || md5(current_schema()) END`;
}
