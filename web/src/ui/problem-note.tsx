import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsFor } from '../api/problem';
import { useFormat } from '../i18n/use-format';
import { Button } from './button';
import { Icon } from './icon';
import { useTimeZone } from './time-zone';

/** Says any failure of a call in words: `const say = useProblemWords(); say(error)`. */
export function useProblemWords(): (error: unknown) => string {
  const { t, i18n } = useTranslation();
  const formats = useFormat();
  const timeZone = useTimeZone();
  return useCallback(
    (error) => {
      const say = (code: string, values: Readonly<Record<string, string>>) => {
        const key = `problems.${code}`;
        return i18n.exists(key) ? t(key as never, values) : undefined;
      };
      return wordsFor(error, { say, formats, timeZone });
    },
    [t, i18n, formats, timeZone],
  );
}

/** Where something failed, in its place on the page. */
export function ProblemNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const say = useProblemWords();
  return (
    <div className="note bad" role="alert">
      <Icon name="warning" />
      <p>{say(error)}</p>
      {onRetry && (
        <Button size="small" onPress={onRetry}>
          {t('common.retry')}
        </Button>
      )}
    </div>
  );
}
