import { useTranslation } from 'react-i18next';
import { Segments } from '../ui/choices';
import { TextField } from '../ui/text-field';
import { ArticlesFields } from './articles-fields';
import { LIMITS, type Lack, type Work } from './work';

export type Wrong = (field: Lack['field'], article?: number) => string | undefined;

/** What it says: of one kind, while what was typed for the others is kept. */
export function ContentFields({
  work,
  wrong,
  onWrite,
}: {
  work: Work;
  wrong: Wrong;
  onWrite: (part: Partial<Work>) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="stack">
      <Segments
        label={t('composer.kind')}
        value={work.kind}
        onChange={(kind) => {
          onWrite({ kind });
        }}
        options={[
          { id: 'text', label: t('common.contentKind.text'), icon: 'text' },
          { id: 'image', label: t('common.contentKind.image'), icon: 'image' },
          { id: 'articles', label: t('common.contentKind.articles'), icon: 'article' },
        ]}
      />
      {work.kind === 'text' && (
        <TextField
          label={t('composer.text')}
          isRequired
          lines={7}
          limit={LIMITS.text}
          placeholder={t('composer.textPlaceholder')}
          value={work.text}
          onChange={(text) => {
            onWrite({ text });
          }}
          error={wrong('text')}
        />
      )}
      {work.kind === 'image' && (
        <>
          <TextField
            label={t('composer.url')}
            description={t('composer.urlHelp')}
            isRequired
            type="url"
            placeholder="https://"
            value={work.url}
            onChange={(url) => {
              onWrite({ url });
            }}
            error={wrong('url')}
          />
          <TextField
            label={t('composer.caption')}
            lines={2}
            limit={LIMITS.caption}
            value={work.caption}
            onChange={(caption) => {
              onWrite({ caption });
            }}
          />
        </>
      )}
      {work.kind === 'articles' && (
        <ArticlesFields
          articles={work.articles}
          wrong={wrong}
          onChange={(articles) => {
            onWrite({ articles });
          }}
        />
      )}
    </div>
  );
}
