import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { Button } from '../ui/button';
import { PageHeader } from '../ui/page-header';
import { FollowerList } from './follower-list';
import { NobodyYet } from './nobody-yet';
import { ShareDialog } from './share-dialog';
import { TagList } from './tag-list';
import { useQuestion } from './use-question';
import { useCount, useTags } from './use-tags';
import './followers.css';

/** Who follows, and the marks by which some of them can be addressed alone. Who is looked for stands in the address. */
export default function FollowersPage() {
  const { t } = useTranslation();
  const { number } = useFormat();
  const [shares, setShares] = useState(false);
  const tags = useTags({ counts: true });
  const followers = useCount(undefined);
  const { question, ask } = useQuestion();
  const tagId = question.tag;
  return (
    <div className="followers">
      <PageHeader
        title={t('session.followers')}
        subtitle={
          followers !== undefined && (
            <span className="figure">
              {t('followers.following', { count: followers, amount: number(followers) })}
            </span>
          )
        }
        actions={
          <Button icon="link" onPress={() => setShares(true)}>
            {t('followers.share')}
          </Button>
        }
      />
      <div className="columns">
        <TagList tags={tags} chosen={tagId} />
        {followers === 0 && tagId === undefined ? (
          <NobodyYet onShare={() => setShares(true)} />
        ) : (
          <FollowerList
            key={tagId}
            question={question}
            ask={ask}
            tag={tags.items.find(({ id }) => id === tagId)}
            tags={tags.items}
          />
        )}
      </div>
      <ShareDialog isOpen={shares} onClose={() => setShares(false)} />
    </div>
  );
}
