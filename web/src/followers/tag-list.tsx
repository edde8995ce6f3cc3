import { useTranslation } from 'react-i18next';
import { Link } from 'react-aria-components';
import type { List } from '../api/use-list';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { Card } from '../ui/card';
import { Icon, type IconName } from '../ui/icon';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { NewTag } from './new-tag';
import type { Tag } from './use-tags';

/** The tags, to look at their holders one by one. */
export function TagList({ tags, chosen }: { tags: List<Tag>; chosen: string | undefined }) {
  const { t } = useTranslation();
  const { may } = useAccount();
  return (
    <Card title={t('followers.tags')}>
      <div className="stack">
        {tags.items.length === 0 && <p className="soft small">{t('followers.tagsHelp')}</p>}
        <nav aria-label={t('followers.tags')}>
          <ul className="tag-list">
            <Entry icon="users" name={t('followers.everyone')} isChosen={chosen === undefined} />
            {tags.items.map(({ id, name, followers }) => (
              <Entry key={id} icon="tag" id={id} name={name} count={followers} isChosen={chosen === id} />
            ))}
          </ul>
        </nav>
        {tags.isPending && <Skeleton lines={2} />}
        {tags.error !== null && <ProblemNote error={tags.error} onRetry={tags.reload} />}
        {may('editor') && <NewTag />}
      </div>
    </Card>
  );
}

function Entry({
  icon,
  id,
  name,
  count,
  isChosen,
}: {
  icon: IconName;
  id?: string;
  name: string;
  /** How many hold it, where that is known. */
  count?: number | undefined;
  isChosen: boolean;
}) {
  const { account } = useAccount();
  const { t } = useTranslation();
  const { number } = useFormat();
  const query = id === undefined ? '' : `?tag=${id}`;
  return (
    <li>
      <Link
        href={`/a/${account.id}/followers${query}`}
        {...(isChosen && { 'aria-current': 'page' as const })}
      >
        <Icon name={icon} size={18} />
        <span dir="auto">{name}</span>
        {count !== undefined && (
          <span
            className="figure soft count"
            aria-label={t('followers.following', { count, amount: number(count) })}
          >
            {number(count)}
          </span>
        )}
      </Link>
    </li>
  );
}
