import { useTranslation } from 'react-i18next';
import type { Shape } from '../api/types';
import { Icon } from '../ui/icon';
import { ComboField } from '../ui/select';

/** Some of an account's tags: those that are chosen, and a field to find more. */
export function TagPicker({
  label,
  tags,
  chosen,
  onChange,
}: {
  label: string;
  tags: readonly Shape<'TagView'>[];
  /** Their ids. */
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  const left = tags.filter(({ id }) => !chosen.includes(id)).map(({ id, name }) => ({ id, label: name }));
  return (
    <div className="tag-picker">
      {/* With another key after each choice it is empty again. */}
      <ComboField
        key={chosen.join()}
        label={label}
        isRequired={false}
        options={left}
        value={null}
        placeholder={t('composer.addTag')}
        onChange={(id) => onChange([...chosen, id])}
      />
      {chosen.length > 0 && (
        <ul className="row" aria-label={label}>
          {chosen.map((id) => {
            const name = tags.find((tag) => tag.id === id)?.name ?? t('composer.unknownTag');
            return (
              <li key={id}>
                <button
                  type="button"
                  className="tag"
                  aria-label={t('composer.removeTag', { name })}
                  onClick={() => onChange(chosen.filter((one) => one !== id))}
                >
                  {name}
                  <Icon name="close" size={14} />
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
