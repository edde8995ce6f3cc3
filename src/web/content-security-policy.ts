/**
 * What the browser lets our pages do. Scripts and styles come from this server only and nothing is inline; pictures
 * come from wherever brands keep them; text becomes HTML only through the pages' own policy (trusted types).
 */
export function policyOfConsole(): string {
  return policy("'none'");
}

/** @param embedOrigins pages of these origins may show the inbox in a frame */
export function policyOfInbox(embedOrigins: readonly string[]): string {
  return policy(["'self'", ...embedOrigins].join(' '));
}

function policy(frameAncestors: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: https: http:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${frameAncestors}`,
    "require-trusted-types-for 'script'",
    'trusted-types default dompurify',
  ].join('; ');
}
