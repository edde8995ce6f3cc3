import { stripVTControlCharacters } from 'node:util';

export interface Failure {
  readonly test: string;
  /** What it said, in short. */
  readonly gist: string;
}

export interface SuiteResult {
  readonly passed: number;
  readonly failures: readonly Failure[];
}

interface JestResults {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly title: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** @throws when no test was run: a suite that cannot even start has noticed nothing */
export function readResults(json: string): SuiteResult {
  const { testResults } = JSON.parse(json) as JestResults;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  if (tests.length === 0)
    throw new Error(`No test was run: ${testResults.map(({ message }) => message).join('\n')}`);
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failures: tests
      .filter(({ status }) => status === 'failed')
      .map(({ title, failureMessages }) => ({ test: title, gist: gistOf(failureMessages[0] ?? '') })),
  };
}

const LONGEST = 300;

/** The words of a failure: without stack, without the lines of a comparison that agree. */
function gistOf(message: string): string {
  const lines = stripVTControlCharacters(message).split('\n');
  const end = lines.findIndex((line) => /^\s+at /.test(line));
  const said = (end < 0 ? lines : lines.slice(0, end))
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const compared = said.filter((line) => /^[-+] [^A-Z]|^(Expected|Received)/.test(line));
  const words = (compared.length > 0 ? compared : said).join(' ');
  return words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
}
