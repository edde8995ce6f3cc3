/** What a list of origins holds, and what is wrong with it, in words that follow the name of its variable. */
export interface Origins {
  readonly origins: readonly string[];
  readonly complaints: readonly string[];
}

const FORM = /^([a-z][a-z0-9+.-]*):\/\/([^/?#@\s\\]+)\/?$/i;

/**
 * Reads origins as browsers send them: of web pages (`https://app.example`), and of apps in a web view, whose schemes are
 * their own (`capacitor://localhost`). A slash at the end, capital letters and a scheme's own port are taken away: no
 * browser sends them.
 * @param any whether `*` may stand for all
 */
export function readOrigins(text: string, any: boolean): Origins {
  if (text.trim() === '') return { origins: [], complaints: [] };
  const read = text.split(',').map((item) => readOrigin(item.trim(), any));
  return {
    origins: [...new Set(read.flatMap((item) => ('origin' in item ? item.origin : [])))],
    complaints: read.flatMap((item) => ('complaint' in item ? item.complaint : [])),
  };
}

function readOrigin(text: string, any: boolean): { origin: string } | { complaint: string } {
  const shown = JSON.stringify(text.replace(/\/\/.*@/, '//…@'));
  if (text === '') return bad('holds an empty item: separate origins by single commas');
  if (text === '*') return any ? { origin: text } : bad('cannot be *: name each origin');
  if (text.toLowerCase() === 'null' || /^file:/i.test(text)) {
    return bad(
      `cannot hold ${shown}: pages of files and in sandboxes all call themselves "null", whoever made them`,
    );
  }
  const [, scheme = '', host = ''] = FORM.exec(text) ?? [];
  if (scheme === '' || host.includes('*')) {
    return bad(
      `must be origins like https://app.example or capacitor://localhost, without a path, not ${shown}`,
    );
  }
  if (!URL.canParse(`${scheme}://${host}`))
    return bad(`must be origins, and ${shown} has no host that can be read`);
  if (!/^https?$/i.test(scheme)) return { origin: `${scheme}://${host}`.toLowerCase() };
  return { origin: new URL(`${scheme}://${host}`).origin };
}

function bad(complaint: string) {
  return { complaint };
}
