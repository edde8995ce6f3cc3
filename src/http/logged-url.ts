/** A request's path and query for the log, without the secret that the link of an invitation carries. */
export function loggedUrl(url: string): string {
  return url.replace(/(\/invitations\/)[^/?#]+/gi, '$1…');
}
