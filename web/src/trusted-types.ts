import { STORED_ATTRIBUTES, STORED_TAGS } from '../../src/article/format';

type Sanitise = (html: string) => string;

/** Of the browsers that have it; TypeScript's own types do not, yet. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createHTML(html: string): string | null; createScriptURL(url: string): string | null },
  ): unknown;
}
declare global {
  interface Window {
    readonly trustedTypes?: TrustedTypes;
  }
}

let sanitise: Sanitise | undefined;
let sanitiseStored: Sanitise | undefined;

/**
 * The one way in which text becomes HTML on our pages: the browser hands every such text to this policy, whatever
 * code it comes from. Until a sanitiser is there, none gets through.
 */
export function installTrustedTypes(): void {
  window.trustedTypes?.createPolicy('default', {
    // React Aria empties what it has announced this way.
    createHTML: (html) => (html === '' ? html : (sanitise?.(html) ?? null)),
    createScriptURL: (url) => (new URL(url, location.href).href === `${location.origin}/sw.js` ? url : null),
  });
}

/**
 * The sanitiser of stored articles. DOMPurify is as large as all icons and words together, so it comes with the first page that shows HTML.
 */
export async function loadSanitiser(): Promise<Sanitise> {
  if (sanitiseStored) return sanitiseStored;
  const { default: purify } = await import('dompurify');
  purify.addHook('afterSanitizeAttributes', (node) => {
    // What leads to another place of the article stays in the page.
    if (node.tagName === 'A' && node.getAttribute('href')?.startsWith('#') !== true) {
      node.setAttribute('target', '_blank');
      node.setAttribute('rel', 'noopener noreferrer');
    }
    // Without words for it a picture is an ornament; a screen reader would else read out its address.
    if (node.tagName === 'IMG' && !node.hasAttribute('alt')) node.setAttribute('alt', '');
  });
  // The editor reads what other programs have written, too; what the server has stored is held to what it can store.
  sanitise = (html) => purify.sanitize(html, { ADD_ATTR: ['target'] });
  const stored = { ALLOWED_TAGS: [...STORED_TAGS], ALLOWED_ATTR: [...STORED_ATTRIBUTES, 'target'] };
  sanitiseStored = (html) => purify.sanitize(html, stored);
  return sanitiseStored;
}
