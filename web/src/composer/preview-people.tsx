import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { IconButton } from '../ui/button';
import { Checkbox } from '../ui/choices';
import { LoadMore } from '../ui/load-more';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { useTimeZone } from '../ui/time-zone';
import { toasts } from '../ui/toast';
import type { People, PreviewPerson } from './use-preview-people';

/** The people who agreed, to be chosen among. */
export function PreviewPeople({
  people,
  chosen,
  onChoose,
}: {
  people: People;
  chosen: ReadonlySet<string>;
  onChoose: (ids: ReadonlySet<string>) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const timeZone = useTimeZone();
  const { list, remove } = people;
  if (list.isPending) return <Skeleton lines={2} />;
  if (list.error !== null) return <ProblemNote error={list.error} onRetry={list.reload} />;
  if (list.items.length === 0) return <p>{t('composer.agreedNone')}</p>;
  const nameOf = ({ name, agreedAt }: PreviewPerson) =>
    name ?? t('composer.unnamed', { date: format.date(agreedAt, timeZone) });
  const choose = (id: string, isChosen: boolean) => {
    onChoose(new Set(isChosen ? [...chosen, id] : [...chosen].filter((one) => one !== id)));
  };
  const end = async (person: PreviewPerson) => {
    await remove(person.id);
    toasts.info(t('composer.personRemoved', { name: nameOf(person) }));
  };
  return (
    <div role="group" aria-label={t('composer.agreed')}>
      <strong>{t('composer.agreed')}</strong>
      <ul>
        {list.items.map((person) => (
          <li key={person.id} className="row spread">
            <Checkbox
              isSelected={chosen.has(person.id)}
              onChange={(isChosen) => {
                choose(person.id, isChosen);
              }}
            >
              <bdi>{nameOf(person)}</bdi>
            </Checkbox>
            <IconButton
              icon="trash"
              size="small"
              label={t('composer.removePerson', { name: nameOf(person) })}
              onPress={() => void end(person).catch(() => undefined)} // a toast says it
            />
          </li>
        ))}
      </ul>
      <LoadMore list={list} />
    </div>
  );
}
