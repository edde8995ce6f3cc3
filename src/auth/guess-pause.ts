/** Wrong passwords in a row that cost nothing but the budget of the address. */
export const FREE_GUESSES = 5;
const FIRST_PAUSE_S = 15;
const LONGEST_PAUSE_S = 900;

/**
 * How long, in seconds, one further guess has to wait for the next after so many wrong ones; 0: not at all. It doubles, and
 * has an end: a person whom somebody else's guesses keep waiting has a turn again.
 */
export function pauseAfter(wrongGuesses: number): number {
  if (wrongGuesses < FREE_GUESSES) return 0;
  return Math.min(FIRST_PAUSE_S * 2 ** (wrongGuesses - FREE_GUESSES), LONGEST_PAUSE_S);
}
