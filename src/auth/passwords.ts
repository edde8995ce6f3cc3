import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/** What it may take a guesser who knows what people choose: a million tries, which an attacker gets in some months. */
const MIN_GUESSES = 1e6;

/** Only so much is looked at, since looking takes longer the more there is. What is longer is no worse for it. */
const MAX_LOOKED_AT = 32;
const MIN_DIFFERENT_CHARACTERS = 4;
const MIN_OWN_WORD = 3;

/** Everybody who tries knows where they try. */
const PLATFORM_WORDS = ['fanfare', 'broadcast', 'admin', 'webhook', 'follower'];

const guesser = new ZxcvbnFactory({
  dictionary: { ...dictionary, platform: PLATFORM_WORDS },
  graphs: adjacencyGraphs,
  maxLength: MAX_LOOKED_AT,
  l33tMaxSubstitutions: 8,
});

/** The one form in which a password is hashed: keyboards write the same letter in different ways. */
export function normalPassword(password: string): string {
  return password.normalize('NFC');
}

/**
 * Why a password is refused, or undefined. No mix of character classes is asked for (OWASP ASVS 6.2), but nothing that is
 * among what people choose most (a list of 49,000 passwords), also with letters replaced, years or digits behind it, or
 * walked along the keyboard; and nothing made of what everybody knows about the person or this platform.
 * @param password of a bounded length
 */
export function weaknessOf(password: string, person: { email: string; name: string }): string | undefined {
  const said = normalPassword(password).toLowerCase();
  if (new Set(said).size < MIN_DIFFERENT_CHARACTERS) return 'It repeats the same few characters.';
  const own = wordsOf(person);
  const bare = withoutDecoration(said);
  if (own.includes(bare)) return 'It is made of your name or address.';
  if (PLATFORM_WORDS.includes(bare)) return 'It is made of the name of this platform.';
  const looked = normalPassword(password).slice(0, MAX_LOOKED_AT);
  const { guesses, sequence } = guesser.check(looked, [...own]);
  if (guesses >= MIN_GUESSES) return undefined;
  const isOwn = sequence.some((match) => 'dictionaryName' in match && match.dictionaryName === 'userInputs');
  return isOwn
    ? 'It is made of your name or address.'
    : 'It is, or is much like, one of the passwords that everybody tries first.';
}

function wordsOf({ email, name }: { email: string; name: string }): readonly string[] {
  const [mailbox = '', domain = ''] = email.split('@');
  const whole = [email, mailbox, domain, domain.split('.')[0] ?? '', name].map((text) =>
    normalPassword(text).toLowerCase(),
  );
  const parts = whole.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u));
  return [...new Set([...whole, ...parts])].filter((word) => word.length >= MIN_OWN_WORD);
}

/** Without the digits and signs that people put around a word when one is asked for. */
function withoutDecoration(text: string): string {
  return text.replace(/^[^\p{L}]+/u, '').replace(/[^\p{L}]{1,8}$/u, '');
}
