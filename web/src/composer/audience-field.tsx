import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../api/client';
import { useList } from '../api/use-list';
import { useFormat } from '../i18n/use-format';
import { ChoiceCards } from '../ui/choices';
import { Icon } from '../ui/icon';
import { ProblemNote } from '../ui/problem-note';
import { TagPicker } from './tag-picker';
import { ruleOf, type AudienceWork } from './work';

const GROUPS = ['any', 'all', 'none'] as const;

/** Whom it is for, and how many they are at this moment. */
export function AudienceField({
  accountId,
  audience,
  error,
  onChange,
}: {
  accountId: string;
  audience: AudienceWork;
  error: string | undefined;
  onChange: (audience: AudienceWork) => void;
}) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const tags = useList('/v1/accounts/{accountId}/tags', { path: { accountId }, query: { limit: 200 } });
  const reach = useReach(accountId, audience);
  return (
    <div className="stack">
      <ChoiceCards
        label={t('composer.audience')}
        value={audience.everyone ? 'everyone' : 'tags'}
        onChange={(chosen) => onChange({ ...audience, everyone: chosen === 'everyone' })}
        options={[
          {
            id: 'everyone',
            label: t('composer.everyone'),
            description: t('composer.everyoneHelp'),
            icon: 'users',
          },
          { id: 'tags', label: t('composer.byTags'), description: t('composer.byTagsHelp'), icon: 'tag' },
        ]}
      />
      {!audience.everyone && tags.error !== null && <ProblemNote error={tags.error} onRetry={tags.reload} />}
      {!audience.everyone && tags.error === null && (
        <>
          {!tags.isPending && tags.items.length === 0 && <p className="soft">{t('composer.noTags')}</p>}
          {tags.items.length > 0 &&
            GROUPS.map((group) => (
              <TagPicker
                key={group}
                label={t(`composer.tags.${group}`)}
                tags={tags.items}
                chosen={audience[group]}
                onChange={(chosen) => onChange({ ...audience, [group]: chosen })}
              />
            ))}
          {error !== undefined && (
            <p className="wrong small" role="alert">
              {error}
            </p>
          )}
        </>
      )}
      <p className="reach" role="status">
        <Icon name="users" size={18} />
        {reach === undefined ? (
          <span className="soft">{t('composer.counting')}</span>
        ) : (
          <span>{t('composer.reaches', { count: reach, amount: number(reach) })}</span>
        )}
      </p>
    </div>
  );
}

/** How many an audience reaches at this moment; undefined as long as it is not known. */
export function useReach(accountId: string, audience: AudienceWork): number | undefined {
  const rule = useSettled(JSON.stringify(ruleOf(audience)));
  const { data } = useQuery({
    queryKey: ['audience', accountId, rule],
    queryFn: async ({ signal }) => {
      const body = JSON.parse(rule) as ReturnType<typeof ruleOf>;
      const { data: size, error } = await client.POST('/v1/accounts/{accountId}/audience', {
        params: { path: { accountId } },
        body,
        signal,
      });
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- what is thrown is the problem document, as for every query
      if (size === undefined) throw error;
      return size.recipients;
    },
    placeholderData: keepPreviousData,
  });
  return data;
}

/** Of something that is being chosen: what it has been for a moment. In milliseconds. */
const MOMENT = 300;

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), MOMENT);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
