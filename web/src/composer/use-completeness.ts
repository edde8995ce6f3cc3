import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Missing } from './composer-footer';
import type { Wrong } from './content-fields';
import { lacksOf, type Timing, type Work } from './work';

/** Saving needs what is said and to whom, scheduling also when. */
type Need = 'save' | 'schedule';

/** What is missing for what was pressed, in words at each field; nothing before anything was pressed. */
export function useCompleteness(work: Work, timing: Timing, onIncomplete: () => void) {
  const { t } = useTranslation();
  const [tried, setTried] = useState<Need>();
  const lacks = lacksOf(work);
  const lacksTime = timing.how === 'at' && timing.at === null;
  const missingFor = (need: Need | undefined): Missing | undefined =>
    need === undefined
      ? undefined
      : (lacks[0]?.field ?? (need === 'schedule' && lacksTime ? 'instant' : undefined));
  const wrong: Wrong = (field, article) => {
    const isLacking =
      tried !== undefined && lacks.some((lack) => lack.field === field && lack.article === article);
    return isLacking ? t(`composer.lacks.${field}`) : undefined;
  };
  const whenComplete = (need: Need, act: () => void) => () => {
    setTried(need);
    if (missingFor(need) === undefined) act();
    else onIncomplete();
  };
  return { wrong, missing: missingFor(tried), whenComplete };
}
