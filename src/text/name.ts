import { hasVisibleText } from './visible-text';

/** Scripts in whose words a (non-)joiner changes what is read: cursive ones, and those of India and its neighbours. */
const JOINING_SCRIPTS = [
  ...['Arab', 'Syrc', 'Nkoo', 'Mong', 'Mand', 'Adlm', 'Rohg', 'Phag'],
  ...[
    'Deva',
    'Beng',
    'Guru',
    'Gujr',
    'Orya',
    'Taml',
    'Telu',
    'Knda',
    'Mlym',
    'Sinh',
    'Mymr',
    'Khmr',
    'Tibt',
    'Newa',
  ],
];
const joining = JOINING_SCRIPTS.map((script) => `\\p{Script_Extensions=${script}}`).join('');

/** What stands in a name, one unit after the other: what draws something, and format characters only where they belong. */
const UNITS = [
  String.raw`[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]`,
  String.raw`(?<=[${joining}])[\u200C\u200D]`,
  String.raw`(?<=[\p{Emoji_Modifier}\p{Extended_Pictographic}]\uFE0F?)\u200D(?=\p{Extended_Pictographic})`,
  String.raw`(?<=[\p{Emoji}\p{S}\p{P}])[\uFE0E\uFE0F]`,
  String.raw`(?<=\u{1F3F4})[\u{E0020}-\u{E007E}]{1,30}\u{E007F}`,
  String.raw`(?<=\p{Script=Han})[\u{E0100}-\u{E01EF}]`,
  String.raw`(?<=\p{Script=Mong})[\u180B-\u180D\u180F]`,
];
const NAME = new RegExp(`^(?:${UNITS.join('|')})+$`, 'u');

const PADDING = String.raw`[\s\p{Z}\u200B\u2060\uFEFF]+`;
const ENDS = new RegExp(`^${PADDING}|${PADDING}$`, 'gu');

/** One way to write a name that Unicode can write in several, without the space that copying brings along. */
export function tidyName(text: string): string {
  return text.replace(ENDS, '').normalize('NFC');
}

/**
 * Whether a tidy text can name something that people have to tell apart: there is something to see, it is one line, and
 * no control, format or direction character can make it look like another.
 */
export function isName(text: string): boolean {
  return NAME.test(text) && hasVisibleText(text);
}
