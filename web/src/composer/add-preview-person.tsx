import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { ProblemNote } from '../ui/problem-note';
import { TextField } from '../ui/text-field';
import { toasts } from '../ui/toast';
import type { People } from './use-preview-people';

const LONGEST_NAME = 80;

/** By the code that the person made in their inbox. */
export function AddPreviewPerson({ people, onAdded }: { people: People; onAdded: (id: string) => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [error, setError] = useState<unknown>();
  const [isPending, setPending] = useState(false);
  const add = async () => {
    setPending(true);
    setError(undefined);
    try {
      const { id } = await people.add(code.trim(), name.trim());
      onAdded(id);
      toasts.good(t('composer.personAdded'));
      setCode('');
      setName('');
    } catch (problem) {
      setError(problem);
    } finally {
      setPending(false);
    }
  };
  const isReady = code.trim() !== '' && [...name].length <= LONGEST_NAME;
  return (
    <form
      className="stack"
      aria-label={t('composer.addPerson')}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !isPending) void add();
      }}
    >
      <strong>{t('composer.addPerson')}</strong>
      <p className="soft small">{t('composer.addPersonHelp')}</p>
      <div className="fields">
        <TextField
          label={t('composer.personCode')}
          isRequired
          value={code}
          onChange={setCode}
          autoComplete="off"
          spellCheck="false"
        />
        <TextField
          label={t('composer.personName')}
          description={t('composer.personNameHelp')}
          value={name}
          onChange={setName}
          autoComplete="off"
        />
      </div>
      {error !== undefined && <ProblemNote error={error} />}
      <div>
        <Button type="submit" icon="plus" isDisabled={!isReady} pending={isPending}>
          {t('composer.addPersonAction')}
        </Button>
      </div>
    </form>
  );
}
