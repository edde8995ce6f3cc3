import { useTranslation } from 'react-i18next';
import { Link } from 'react-aria-components';
import { namedBy, shortId } from './actor';

const KINDS = [
  'user',
  'key',
  'subscriber',
  'scheduler',
  'system',
  'account',
  'broadcast',
  'webhook',
  'tag',
  'api-key',
] as const;

/** Somebody or something that the audit log names; leads to all that it says about them. */
export function NamedLink({
  name,
  filter,
  onPress,
}: {
  name: string;
  filter: 'actor' | 'subject';
  /** For whoever has to get out of the way of what it leads to. */
  onPress?: () => void;
}) {
  const { t } = useTranslation();
  const { kind, id } = namedBy(name);
  const known = KINDS.find((one) => one === kind);
  const words = known === undefined ? kind : t(`admin.kind.${known}`);
  return (
    <Link
      href={`/admin/audit?${filter}=${encodeURIComponent(name)}`}
      className="named-link"
      onPress={onPress}
    >
      {words}
      {id !== undefined && <code> {shortId(id)}</code>}
    </Link>
  );
}
