import { useTranslation } from 'react-i18next';
import { refusalOf } from '../api/problem';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { sameTimeFrom } from '../time/periods';
import { usualTimeFrom } from '../time/usual-time';
import { Button } from '../ui/button';
import { ProblemNote } from '../ui/problem-note';

/** Why it was not taken; for want of a place, when there is one. */
export function Refused({
  error,
  wished,
  onOffer,
}: {
  error: unknown;
  wished: string | null;
  onOffer: (at: string) => void;
}) {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const { account } = useAccount();
  const { nextAvailableAt } = refusalOf(error).facts;
  const offer =
    typeof nextAvailableAt !== 'string'
      ? undefined
      : wished === null
        ? usualTimeFrom(nextAvailableAt, account.postingTimes, account.timeZone)
        : sameTimeFrom(wished, nextAvailableAt, account.timeZone);
  return (
    <div className="refused">
      <ProblemNote error={error} />
      {offer !== undefined && (
        <Button onPress={() => onOffer(offer)}>
          {t('composer.takeOffer', { when: instant(offer, account.timeZone) })}
        </Button>
      )}
    </div>
  );
}
