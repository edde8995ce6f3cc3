import { spreadOf, type Spread } from './spread';

/** Gives each a figure in each round, in turns, so that whatever else the machine does meanwhile hits all of them. */
export async function inTurns<Side extends string, Figures extends Record<string, number>>(
  rounds: number,
  sides: Readonly<Record<Side, () => Promise<Figures>>>,
  tell: (line: string) => void,
): Promise<Record<Side, { readonly [figure in keyof Figures]: Spread }>> {
  const names = Object.keys(sides) as Side[];
  const measured = new Map<Side, Figures[]>(names.map((name) => [name, []]));
  // The first round warms up caches and compilers and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of rotated(names, round)) {
      const figures = await sides[name]();
      if (round > 0) measured.get(name)?.push(figures);
      tell(`${round === 0 ? 'warming up' : `round ${round} of ${rounds}`}, ${name}: ${inWords(figures)}`);
    }
  }
  return Object.fromEntries(names.map((name) => [name, spreads(measured.get(name) ?? [])])) as Awaited<
    ReturnType<typeof inTurns<Side, Figures>>
  >;
}

/** Whoever goes first in one round goes last in the next. */
function rotated<T>(names: readonly T[], round: number): T[] {
  const first = round % names.length;
  return [...names.slice(first), ...names.slice(0, first)];
}

function spreads(rounds: readonly Record<string, number>[]): Record<string, Spread> {
  const figures = Object.keys(rounds[0] ?? {});
  return Object.fromEntries(
    figures.map((figure) => [figure, spreadOf(rounds.map((round) => round[figure] ?? Number.NaN))]),
  );
}

function inWords(figures: Record<string, number>): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name} ${Number(value.toPrecision(4))}`)
    .join(', ');
}
