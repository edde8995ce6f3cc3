import { Fragment } from 'react';
import { stretchesOf } from './links';

/** What a brand wrote, with its addresses to be opened; they learn nothing of this page. */
export default function LinkedText({ text }: { text: string }) {
  return stretchesOf(text).map((stretch, place) =>
    stretch.href === undefined ? (
      <Fragment key={place}>{stretch.text}</Fragment>
    ) : (
      <a key={place} href={stretch.href} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
        {stretch.text}
      </a>
    ),
  );
}
