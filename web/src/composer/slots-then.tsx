import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { Button } from '../ui/button';
import { Note } from '../ui/note';
import { Places } from '../ui/places';
import { useSlotsAt, type Slots } from './use-slots';

/** The slots of the period that an instant falls in; where all are taken, when there is one next. */
export function SlotsThen({
  at,
  own,
  onOffer,
}: {
  at: string;
  /** The period whose slot the broadcast holds already. */
  own: string | null;
  onOffer: (at: string) => void;
}) {
  const { t } = useTranslation();
  const { period: inWords } = useFormat();
  const slots = useSlotsAt(at);
  if (!slots) return null;
  const { used, reserved, remaining, period } = slots.period;
  const isOwn = own === period;
  if (remaining === 0 && !isOwn) return <FullNote slots={slots} onOffer={onOffer} />;
  return (
    <p className="row small">
      <Places used={used} reserved={reserved} allowance={slots.all} />
      <span className="soft">
        {isOwn
          ? t('composer.placeHeld', { period: inWords(period) })
          : t('composer.placesThen', { count: remaining, all: slots.all, period: inWords(period) })}
      </span>
    </p>
  );
}

/** All slots of a period are taken: when there is one next. */
export function FullNote({ slots, onOffer }: { slots: Slots; onOffer: (at: string) => void }) {
  const { t } = useTranslation();
  const { period: inWords, instant } = useFormat();
  const { account } = useAccount();
  const { all, offer, period } = slots;
  return (
    <Note
      tone="warn"
      action={
        offer !== undefined && (
          <Button size="small" onPress={() => onOffer(offer)}>
            {t('composer.takeOffer', { when: instant(offer, account.timeZone) })}
          </Button>
        )
      }
    >
      {t('composer.fullThen', { count: all, period: inWords(period.period) })}
    </Note>
  );
}
