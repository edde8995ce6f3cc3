import { lazy, Suspense, useLayoutEffect, useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { loadSanitiser } from '../trusted-types';
import { Skeleton } from './skeleton';
import { WholePicture } from './whole-picture';

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

interface Opened {
  readonly url: string;
  readonly alt: string;
}

const Sanitised = lazy(async () => {
  const sanitise = await loadSanitiser();
  return {
    default: function SanitisedHtml({ html }: { html: string }) {
      const { t } = useTranslation();
      const box = useRef<HTMLDivElement>(null);
      const [opened, setOpened] = useState<Opened>();
      useLayoutEffect(() => {
        if (!box.current) return;
        makeReadable(
          box.current,
          (alt) => `${t('common.openPicture')}: ${alt || t('common.imageOfBroadcast')}`,
        );
      }, [html, t]);
      const open = ({ target }: SyntheticEvent) => {
        if (isPicture(target)) setOpened({ url: target.src, alt: target.alt });
      };
      return (
        <>
          <div
            ref={box}
            className="rich-text"
            dir="auto"
            onClick={open}
            onKeyDown={(event) => {
              if (event.key === 'Enter') open(event);
            }}
            dangerouslySetInnerHTML={{ __html: sanitise(html) }}
          />
          {opened && <WholePicture {...opened} onClose={() => setOpened(undefined)} />}
        </>
      );
    },
  };
});

function isPicture(target: EventTarget): target is HTMLImageElement {
  return target instanceof HTMLImageElement && target.closest('a') === null;
}

const BLOCKS = 'p, h1, h2, h3, h4, ul, ol, li, blockquote, td, th, pre, caption, figcaption';

/** Each block runs as its own words do; tables scroll and pictures open by the keyboard, too. */
function makeReadable(box: HTMLElement, nameOf: (alt: string) => string): void {
  for (const block of box.querySelectorAll(BLOCKS))
    if (!block.hasAttribute('dir')) block.setAttribute('dir', 'auto');
  for (const table of box.querySelectorAll('table')) table.tabIndex = 0;
  for (const picture of box.querySelectorAll('img')) {
    if (!isPicture(picture)) continue;
    picture.tabIndex = 0;
    picture.setAttribute('role', 'button');
    picture.setAttribute('aria-label', nameOf(picture.alt));
  }
}
