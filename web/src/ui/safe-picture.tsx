import { useState } from 'react';
import { Icon } from './icon';

/** A picture from wherever a brand keeps it: it learns nothing of the page, and where it is missing a sign stands for it. */
export function SafePicture({ url, alt }: { url: string; alt: string }) {
  const [broken, setBroken] = useState<string>();
  if (broken === url || !/^https?:/i.test(url)) {
    return (
      <span
        className="no-picture"
        role={alt === '' ? undefined : 'img'}
        aria-label={alt === '' ? undefined : alt}
      >
        <Icon name="image" size={28} />
      </span>
    );
  }
  return (
    <img src={url} alt={alt} loading="lazy" referrerPolicy="no-referrer" onError={() => setBroken(url)} />
  );
}
