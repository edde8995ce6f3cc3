import { useState } from 'react';

const HUES = 8;

/** Beside the name, so it is silent. Without a picture it shows the first letter, in a colour that stays the same. */
export function Avatar({
  name,
  url = null,
  size = 'medium',
  person = false,
}: {
  name: string;
  url?: string | null;
  size?: 'small' | 'medium' | 'large';
  /** People are round, brands are not. */
  person?: boolean;
}) {
  const [broken, setBroken] = useState<string>();
  const className = `avatar ${size} hue-${String(hueOf(name))}${person ? ' person' : ''}`;
  const [initial = ''] = name;
  const isDrawn = url !== null && url !== broken;
  return (
    <span className={className} aria-hidden data-initial={isDrawn ? undefined : initial.toUpperCase()}>
      {isDrawn && (
        <img src={url} alt="" loading="lazy" referrerPolicy="no-referrer" onError={() => setBroken(url)} />
      )}
    </span>
  );
}

function hueOf(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_537;
  return sum % HUES;
}
