import { useTranslation } from 'react-i18next';
import { Confirm } from '../ui/dialog';
import type { HandedToken } from './handed-token';

/** Asks before a link changes who is reading. */
export function SomebodyElse({
  offered,
  reader,
  onAnswer,
}: {
  offered: HandedToken;
  /** Undefined where only the device remembers somebody. */
  reader: string | undefined;
  onAnswer: (isTaken: boolean) => void;
}) {
  const { t } = useTranslation();
  return (
    <Confirm
      title={t('inbox.elseTitle')}
      action={t('inbox.elseTake')}
      keep={t('inbox.elseStay')}
      isOpen
      onClose={() => onAnswer(false)}
      onConfirm={() => {
        onAnswer(true);
        return Promise.resolve();
      }}
    >
      <p>{t('inbox.elseText')}</p>
      <dl className="readers">
        <dt>{t('inbox.elseOfLink')}</dt>
        <dd>
          <bdi>{offered.sub}</bdi>
        </dd>
        {reader !== undefined && (
          <>
            <dt>{t('inbox.elseHere')}</dt>
            <dd>
              <bdi>{reader}</bdi>
            </dd>
          </>
        )}
      </dl>
    </Confirm>
  );
}
