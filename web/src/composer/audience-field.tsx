import { useTranslation } from 'react-i18next';
import { useList } from '../api/use-list';
import { useFormat } from '../i18n/use-format';
import { ChoiceCards } from '../ui/choices';
import { Icon } from '../ui/icon';
import { ProblemNote } from '../ui/problem-note';
import { TagPicker } from './tag-picker';
import type { Reach } from './use-reach';
import { isNobody, type AudienceWork } from './work';

const GROUPS = ['any', 'all', 'none'] as const;

/** Whom it is for, and how many they are at this moment. */
export function AudienceField({
  accountId,
  audience,
  reach,
  error,
  onChange,
}: {
  accountId: string;
  audience: AudienceWork;
  reach: Reach;
  error: string | undefined;
  onChange: (audience: AudienceWork) => void;
}) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const tags = useList('/v1/accounts/{accountId}/tags', { path: { accountId }, query: { limit: 200 } });
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
        <div className="stack" data-lacks={error === undefined ? undefined : 'tags'}>
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
        </div>
      )}
      <p className="reach" role="status">
        <Icon name="users" size={18} />
        {isNobody(audience) ? (
          <span className="soft">{t('composer.lacks.tags')}</span>
        ) : reach.hasFailed ? (
          <span className="soft">{t('composer.reachUnknown')}</span>
        ) : reach.count === undefined ? (
          <span className="soft">{t('composer.counting')}</span>
        ) : (
          <span>{t('composer.reaches', { count: reach.count, amount: number(reach.count) })}</span>
        )}
      </p>
    </div>
  );
}
