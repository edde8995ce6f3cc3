import { useTranslation } from 'react-i18next';
import type { Shape } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { Dialog } from '../ui/dialog';
import { useTimeZone } from '../ui/time-zone';
import { linesOf } from './audit';
import { NamedLink } from './named-link';

/** One entry with all of its facts, as they were recorded. */
export function EntryDialog({ entry, onClose }: { entry: Shape<'AuditEntryView'>; onClose: () => void }) {
  const { t } = useTranslation();
  const f = useFormat();
  const timeZone = useTimeZone();
  const { action, at, actor, subject, facts, sequence, hash } = entry;
  return (
    <Dialog title={action} isOpen onClose={onClose}>
      <dl className="facts">
        <dt>{t('admin.when')}</dt>
        <dd>
          {f.instant(at, timeZone)} <code className="soft small">{at}</code>
        </dd>
        <dt>{t('admin.who')}</dt>
        <dd>
          <NamedLink name={actor} filter="actor" onPress={onClose} />
        </dd>
        <dt>{t('admin.subject')}</dt>
        <dd>
          <NamedLink name={subject} filter="subject" onPress={onClose} />
        </dd>
        {linesOf(facts).map(([name, text]) => (
          <Fact key={name} name={name} text={text} />
        ))}
        <dt>{t('admin.sequence')}</dt>
        <dd>{sequence === null ? t('admin.notSealed') : f.number(sequence)}</dd>
        {hash !== null && <Fact name="SHA-256" text={hash} />}
      </dl>
    </Dialog>
  );
}

function Fact({ name, text }: { name: string; text: string }) {
  return (
    <>
      <dt>
        <code>{name}</code>
      </dt>
      <dd>
        <pre>{text}</pre>
      </dd>
    </>
  );
}
