import type { Guard } from './guards';
import type { SuiteResult } from './suite-result';

export interface GuardRun {
  readonly guard: Guard;
  readonly result: SuiteResult;
}

/** docs/guards.md: what each guard is, how it was taken out, and what the suite said then. */
export function guardsDocument(runs: readonly GuardRun[], seed: number): string {
  return `# What happens without the guards

A suite that cannot fail proves nothing. Each guard of the promises is taken out of a copy of this tree, alone or with the
one that would stand in for it, and a fault suite that is green with it has to turn red without it, for the right reason.
\`npx jest -c jest.guards.config.js\` does that and writes this page.

Written by a run with the seed ${seed}, the short form of every suite.

| guard | taken out | suite | what it said |
|---|---|---|---|
${runs.map(row).join('\n')}
`;
}

function row({ guard, result }: GuardRun): string {
  const { name, removals, suite, says, remark } = guard;
  const taken = removals.map(({ file, from, to }) => `in ${code(file)}: ${code(from)} → ${code(to)}`);
  const telling = result.failures.filter(({ gist }) => says.test(gist));
  const others = result.failures.length - telling.length;
  const said = [
    ...telling.map(({ test, gist }) => `“${cell(test)}”: ${code(gist)}`),
    ...(others > 0 ? [`and ${others} more`] : []),
    ...(remark === undefined ? [] : [cell(remark)]),
  ];
  return `| ${cell(name)} | ${taken.join('<br>')} | ${code(suite)} | ${said.join('<br>')} |`;
}

/** Spaces, since there may be such marks at its ends. */
function code(text: string): string {
  return text === '' ? 'nothing' : `\`\` ${cell(text)} \`\``;
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');
}
