import { useTranslation } from 'react-i18next';

/** The places of a period: used up, taken, free. One mark a place as long as they can be told apart. */
export function Places({
  used,
  reserved,
  allowance,
  size = 'medium',
}: {
  used: number;
  reserved: number;
  allowance: number;
  size?: 'small' | 'medium';
}) {
  const { t } = useTranslation();
  const taken = used + reserved;
  const label = t('common.places', { taken, allowance });
  const states = Array.from({ length: allowance }, (_, place) =>
    place < used ? 'used' : place < taken ? 'reserved' : 'free',
  );
  return (
    <span className={`places ${size}${taken >= allowance ? ' full' : ''}`} role="img" aria-label={label}>
      {allowance > MOST_MARKS ? (
        <span className="figure">
          {taken}/{allowance}
        </span>
      ) : (
        states.map((state, place) => <span key={place} className={state} />)
      )}
    </span>
  );
}

const MOST_MARKS = 12;
