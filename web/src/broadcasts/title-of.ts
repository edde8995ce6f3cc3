import type { Content } from '../api/types';

/** The first words of it; '' where it has none, such as a picture without a caption. */
export function titleOf(content: Content): string {
  const words =
    content.type === 'text'
      ? content.text
      : content.type === 'image'
        ? (content.caption ?? '')
        : (content.articles[0]?.title ?? '');
  return words.trim().split('\n')[0] ?? '';
}
