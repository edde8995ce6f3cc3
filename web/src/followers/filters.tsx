import { useTranslation } from 'react-i18next';
import { Select } from '../ui/select';
import { SearchField } from '../ui/text-field';
import { SORTS, SPANS, type Question, type useQuestion } from './use-question';

const SORT_WORDS = {
  '-followedAt': 'followers.newestFirst',
  followedAt: 'followers.oldestFirst',
  subscriber: 'followers.byId',
} as const;

/** What narrows the list of followers, and in which order it stands. */
export function Filters({
  question,
  ask,
}: {
  question: Question;
  ask: ReturnType<typeof useQuestion>['ask'];
}) {
  const { t } = useTranslation();
  return (
    <div className="filters">
      <SearchField label={t('followers.find')} value={question.text} onChange={(q) => ask({ q })} />
      <Select
        label={t('followers.since')}
        value={question.span ?? 'any'}
        onChange={(days) => ask({ days: days === 'any' ? '' : days })}
        options={[
          { id: 'any', label: t('followers.anySince') },
          ...SPANS.map((days) => ({ id: days, label: t(`followers.last${days}`) })),
        ]}
      />
      <Select
        label={t('followers.order')}
        value={question.sort}
        onChange={(sort) => ask({ sort: sort === '-followedAt' ? '' : sort })}
        options={SORTS.map((sort) => ({ id: sort, label: t(SORT_WORDS[sort]) }))}
      />
    </div>
  );
}
