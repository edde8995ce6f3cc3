import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { useFollowing } from './following';
import type { Brand } from './shapes';

export function FollowButton({
  brand,
  isFollowing,
  size = 'small',
}: {
  brand: Brand;
  isFollowing: boolean;
  size?: 'small' | 'medium';
}) {
  const { t } = useTranslation();
  const { follow, unfollow, isPending } = useFollowing(brand);
  // Whose it is, is said only: many of them stand below one another.
  const whose = <span className="unseen">{brand.name}</span>;
  return isFollowing ? (
    <Button size={size} icon="check" pending={isPending} onPress={unfollow}>
      {t('inbox.following')} {whose}
    </Button>
  ) : (
    <Button kind="primary" size={size} icon="plus" pending={isPending} onPress={follow}>
      {t('inbox.follow')} {whose}
    </Button>
  );
}
