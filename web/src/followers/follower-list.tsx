import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, dataOf } from '../api/client';
import type { Shape } from '../api/types';
import { useList } from '../api/use-list';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { Avatar } from '../ui/avatar';
import { Badge } from '../ui/badge';
import { Button, IconButton } from '../ui/button';
import { Card } from '../ui/card';
import { DownloadButton } from '../ui/download-button';
import { EmptyState } from '../ui/empty-state';
import { LoadMore } from '../ui/load-more';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { Table, type Column } from '../ui/table';
import { toasts } from '../ui/toast';
import { AddDialog } from './add-dialog';
import { DeleteTag } from './delete-tag';
import { Filters } from './filters';
import { TagsDialog } from './tags-dialog';
import { useAsked, type Question, type useQuestion } from './use-question';
import { useCount, useTagging, type Tag } from './use-tags';

type Follower = Shape<'FollowerView'>;

const FOLLOWERS = '/v1/accounts/{accountId}/followers';

/** Everybody who follows, or who holds a tag; searched, narrowed and in an order of one's choice. */
export function FollowerList({
  question,
  ask,
  tag,
  tags,
}: {
  question: Question;
  ask: ReturnType<typeof useQuestion>['ask'];
  /** Undefined: everyone, or a tag that is not known yet. */
  tag: Tag | undefined;
  tags: readonly Tag[];
}) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { account, may } = useAccount();
  const [edited, setEdited] = useState<Follower>();
  const [adds, setAdds] = useState(false);
  const [deletes, setDeletes] = useState(false);
  const tagId = question.tag;
  const holders = useCount(tagId);
  const path = { accountId: account.id };
  const asked = useDeferredValue(useAsked(question));
  const list = useList(FOLLOWERS, { path, query: { limit: 50, ...asked } });
  const isNarrowed = asked.q !== undefined || asked.since !== undefined;
  const columns = useColumns(tag, setEdited);
  const mayTag = may('editor') && tag !== undefined;
  const download = (
    <DownloadButton
      size="small"
      label={t('followers.download')}
      name={`followers-${account.handle}.csv`}
      fetchFile={async () =>
        dataOf(
          await client.GET(FOLLOWERS, {
            params: { path, query: { ...asked, format: 'csv', bom: 'true' } },
            parseAs: 'blob',
          }),
        )
      }
    />
  );
  const add = (
    <Button kind="primary" size="small" icon="plus" onPress={() => setAdds(true)}>
      {t('followers.add')}
    </Button>
  );
  return (
    <Card
      flush
      title={tagId === undefined ? t('followers.everyone') : (tag?.name ?? t('followers.list'))}
      actions={
        <>
          {mayTag && (
            <Button kind="danger" size="small" onPress={() => setDeletes(true)}>
              {t('followers.delete')}
            </Button>
          )}
          {mayTag && list.items.length > 0 && add}
          {download}
        </>
      }
    >
      <div className="padded">
        <Filters question={question} ask={ask} />
      </div>
      {tag && holders !== undefined && holders > 0 && (
        <p className="soft small figure holders">
          {t('followers.holding', { count: holders, amount: number(holders) })}
        </p>
      )}
      {list.error !== null ? (
        <div className="padded">
          <ProblemNote error={list.error} onRetry={list.reload} />
        </div>
      ) : list.isPending ? (
        <div className="padded">
          <Skeleton kind="rows" lines={6} />
        </div>
      ) : (
        <Table
          caption={t('followers.list')}
          columns={columns}
          rows={list.items}
          rowKey={({ subscriber }) => subscriber}
          empty={
            isNarrowed ? (
              <EmptyState icon="search" title={t('followers.noneFound')}>
                {t('followers.noneFoundText')}
              </EmptyState>
            ) : (
              <EmptyState icon="tag" title={t('followers.noHoldersTitle')} action={mayTag && add}>
                {t('followers.noHoldersText')}
              </EmptyState>
            )
          }
        />
      )}
      <LoadMore list={list} />
      {edited && <TagsDialog follower={edited} tags={tags} onClose={() => setEdited(undefined)} />}
      {tag && adds && <AddDialog tag={tag} onClose={() => setAdds(false)} />}
      {tag && <DeleteTag tag={tag} isOpen={deletes} onClose={() => setDeletes(false)} />}
    </Card>
  );
}

function useColumns(tag: Tag | undefined, edit: (follower: Follower) => void): Column<Follower>[] {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const { account, may } = useAccount();
  const columns: Column<Follower>[] = [
    {
      id: 'person',
      title: t('followers.person'),
      cell: ({ subscriber }) => (
        <span className="who">
          <Avatar name={subscriber} size="small" person />
          <span>{subscriber}</span>
        </span>
      ),
    },
    {
      id: 'tags',
      title: t('followers.tags'),
      cell: ({ tags }) => (
        <span className="row">
          {tags.map(({ id, name }) => (
            <Badge key={id} tone={id === tag?.id ? 'accent' : 'neutral'}>
              {name}
            </Badge>
          ))}
        </span>
      ),
    },
    {
      id: 'since',
      title: t('followers.since'),
      wideOnly: true,
      cell: ({ followedAt }) => <span className="soft figure">{instant(followedAt, account.timeZone)}</span>,
    },
  ];
  if (!may('editor')) return columns;
  const actions: Column<Follower> = {
    id: 'actions',
    title: t('followers.actions'),
    align: 'end',
    cell: (follower) => <RowActions follower={follower} tag={tag} edit={edit} />,
  };
  return [...columns, actions];
}

function RowActions({
  follower,
  tag,
  edit,
}: {
  follower: Follower;
  tag: Tag | undefined;
  edit: (follower: Follower) => void;
}) {
  const { t } = useTranslation();
  const { give, take, readAgain } = useTagging();
  const { subscriber: name } = follower;
  const takeIt = async ({ id, name: tagName }: Tag) => {
    try {
      await take(id, name);
      await readAgain();
      const undo = () => void give(id, name).then(readAgain, toasts.problem);
      toasts.good(t('followers.taken', { name, tag: tagName }), {
        label: t('followers.undo'),
        onAction: undo,
      });
    } catch (error) {
      toasts.problem(error);
    }
  };
  return (
    <span className="row row-actions">
      <IconButton
        icon="tag"
        size="small"
        label={t('followers.tagsOf', { name })}
        onPress={() => edit(follower)}
      />
      {tag && (
        <IconButton
          icon="close"
          size="small"
          label={t('followers.take', { name, tag: tag.name })}
          onPress={() => void takeIt(tag)}
        />
      )}
    </span>
  );
}
