/**
 * Names that speak for the platform, for whoever runs it, or for what a path or a protocol means: none of them can be a
 * brand's. The mailboxes are those of RFC 2142.
 */
const RESERVED = new Set(
  `fanfare official verified admin admins administrator administration root system sysadmin superuser operator moderator
  moderation mod staff team employee owner support supports help helpdesk helpcenter customer-service customerservice
  service-desk security safety trust abuse report reports fraud compliance legal privacy terms policy policies tos
  guidelines dmca copyright noc hostmaster postmaster webmaster mailer-daemon mailerdaemon noreply no-reply donotreply
  do-not-reply bounce info contact feedback billing payment payments invoice refund account accounts login log-in logout
  log-out signin sign-in signup sign-up signout sign-out register registration password passwords passwd reset verify
  verification confirm session sessions token tokens oauth auth sso user users profile profiles member members invitation
  invitations invite me self you everyone everybody anyone nobody anonymous guest unknown undefined null nil none nan true
  false void test-admin api apis www web app apps mail email smtp imap pop pop3 ftp sftp ssh dns ns1 ns2 cdn static assets
  asset public private internal intranet localhost local host server status health healthz metrics live ready docs doc
  documentation openapi openapi-json swagger graphql rest webhook webhooks well-known robots robots-txt sitemap favicon
  directory inbox inboxes broadcast broadcasts subscription subscriptions follow follows follower followers tag tags quota
  stream push media upload uploads download downloads settings setting config configuration dashboard console home index
  search explore discover problems problem export import history calendar compose composer report-abuse waiting welcome
  all new edit delete create update default whoami v1 v2 v3`.split(/\s+/),
);

/** Digits and signs by which people write a letter that is taken. */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
};

/** Two handles that look alike to a hasty reader have the same skeleton. */
function skeleton(handle: string): string {
  return handle
    .replace(/[-_]/g, '')
    .replace(/[013457]/g, (digit) => LOOKS_LIKE[digit] ?? digit)
    .replaceAll('i', 'l')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w');
}

const SKELETONS = new Set([...RESERVED].map(skeleton));

/**
 * Whether a handle is, looks like, or is made of nothing but reserved names: `admin`, `adm1n`, `s_u_p_p_o_r_t`,
 * `fanfare-support`. A brand's own word beside one is enough: `sunrise-support` is free.
 */
export function isReservedHandle(handle: string): boolean {
  if (SKELETONS.has(skeleton(handle))) return true;
  const parts = handle.split(/[-_]+/).filter((part) => part !== '');
  return parts.every((part) => SKELETONS.has(skeleton(part)));
}
