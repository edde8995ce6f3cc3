import { Avatar } from '../ui/avatar';

/** A brand at the beginning of a row: its picture, name and handle. */
export function BrandName({
  name,
  handle,
  avatarUrl = null,
}: {
  name: string;
  handle: string;
  avatarUrl?: string | null;
}) {
  return (
    <span className="brand-name">
      <Avatar name={name} url={avatarUrl} size="small" />
      <span className="words">
        <strong>{name}</strong>
        <span className="soft small">
          <bdi>@{handle}</bdi>
        </span>
      </span>
    </span>
  );
}
