import type { ReactNode } from 'react';
import { ProblemNote } from './problem-note';
import { Skeleton } from './skeleton';

interface Query<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly refetch: () => unknown;
}

/** A query's skeleton, its failure in words, or what it brought. */
export function Loaded<Data>({
  query,
  skeleton = <Skeleton />,
  children,
}: {
  query: Query<Data>;
  skeleton?: ReactNode;
  children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.isPending) return skeleton;
  return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
}
