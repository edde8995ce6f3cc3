/** As much of a content as its title needs: lists hand out less than the whole. */
type Titled =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly url: string; readonly caption?: string | null }
  | { readonly type: 'articles'; readonly articles: readonly { readonly title: string }[] };

/** The first words of it; '' where it has none, such as a picture without a caption. */
export function titleOf(content: Titled): string {
  const words =
    content.type === 'text'
      ? content.text
      : content.type === 'image'
        ? (content.caption ?? '')
        : (content.articles[0]?.title ?? '');
  return words.trim().split('\n')[0] ?? '';
}
