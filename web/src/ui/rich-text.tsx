import { lazy, Suspense } from 'react';
import { loadSanitiser } from '../trusted-types';
import { Skeleton } from './skeleton';

/**
 * HTML that a brand has written. The server has sanitised it when it was stored; here it passes the page's own policy
 * once more, in the browser that shows it.
 */
export function RichText({ html }: { html: string }) {
  return (
    <Suspense fallback={<Skeleton />}>
      <Sanitised html={html} />
    </Suspense>
  );
}

const Sanitised = lazy(async () => {
  const sanitise = await loadSanitiser();
  return {
    default: ({ html }: { html: string }) => (
      <div className="rich-text" dangerouslySetInnerHTML={{ __html: sanitise(html) }} />
    ),
  };
});
