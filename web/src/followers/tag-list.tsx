import { useTranslation } from 'react-i18next';
import { Link } from 'react-aria-components';
import type { List } from '../api/use-list';
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
            {tags.items.map(({ id, name }) => (
              <Entry key={id} icon="tag" id={id} name={name} isChosen={chosen === id} />
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
  isChosen,
}: {
  icon: IconName;
  id?: string;
  name: string;
  isChosen: boolean;
}) {
  const { account } = useAccount();
  const query = id === undefined ? '' : `?tag=${id}`;
  return (
    <li>
      <Link
        href={`/a/${account.id}/followers${query}`}
        {...(isChosen && { 'aria-current': 'page' as const })}
      >
        <Icon name={icon} size={18} />
        <span>{name}</span>
      </Link>
    </li>
  );
}
