import { useTranslation } from 'react-i18next';

const SHOWN = [
  ['none unused', 'legendUnused'],
  ['low', undefined],
  ['half', undefined],
  ['high', 'legendSome'],
  ['full exhausted', 'legendExhausted'],
  ['none reserved', 'legendReserved'],
  ['half granted', 'legendGranted'],
] as const;

/** What the colours of the heat map mean. */
export function Legend() {
  const { t } = useTranslation();
  return (
    <ul className="legend small">
      {SHOWN.map(([look, words]) => (
        <li key={look} className={words === undefined ? 'unnamed' : ''}>
          <span className={`heat ${look}`} aria-hidden />
          {words !== undefined && <span className="soft">{t(`admin.${words}`)}</span>}
        </li>
      ))}
    </ul>
  );
}
