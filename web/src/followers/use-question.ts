import { useMemo, useState } from 'react';
import { useSearchParams } from 'wouter';

export const SORTS = ['-followedAt', 'followedAt', 'subscriber'] as const;
export type Sort = (typeof SORTS)[number];

/** In days. */
export const SPANS = ['7', '30', '365'] as const;
export type Span = (typeof SPANS)[number];

const HOUR = 3_600_000;

/** Who is looked for among the followers. It stands in the address, so that it can be gone back to and handed on. */
export interface Question {
  readonly tag: string | undefined;
  readonly text: string;
  readonly span: Span | undefined;
  readonly sort: Sort;
}

export function useQuestion() {
  const [search, setSearch] = useSearchParams();
  const question: Question = {
    tag: search.get('tag') ?? undefined,
    text: search.get('q') ?? '',
    span: SPANS.find((one) => one === search.get('days')),
    sort: SORTS.find((one) => one === search.get('sort')) ?? '-followedAt',
  };
  const ask = (part: Readonly<Partial<Record<'q' | 'days' | 'sort', string>>>) => {
    setSearch(
      (now) => {
        const wanted = { ...Object.fromEntries(now), ...part };
        return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== ''));
      },
      { replace: true },
    );
  };
  return { question, ask };
}

/** The same as parameters of the API. From the hour in which the page was opened, so that looking again is the same question. */
export function useAsked({ tag, text, span, sort }: Question) {
  const q = text.trim();
  const [hour] = useState(() => Math.floor(Date.now() / HOUR) * HOUR);
  return useMemo(() => {
    const since = span && new Date(hour - Number(span) * 24 * HOUR).toISOString();
    return {
      sort,
      ...(tag !== undefined && { tag }),
      ...(q !== '' && { q }),
      ...(since !== undefined && { since }),
    };
  }, [tag, q, span, sort, hour]);
}
