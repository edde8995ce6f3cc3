import { getMetadataStorage } from 'class-validator';

type Kind = abstract new () => object;

const HINTS = new Map<unknown, ReadonlyMap<string, string>>();

/**
 * Says of fields that a request does not have but people look for there, where they are or which operation does it. By how
 * they are called apart from capitals, hyphens and underscores.
 */
export function FieldHints(hints: Readonly<Record<string, string>>): ClassDecorator {
  return (kind) => {
    HINTS.set(kind, new Map(Object.entries(hints).map(([name, hint]) => [plain(name), hint])));
  };
}

/** What is said of a field that a request of this kind does not have. */
export function unknownFieldMessage(request: object | undefined, field: string): string {
  const refusal = `property ${field} should not exist`;
  const kind = request?.constructor as Kind | undefined;
  const hint = HINTS.get(kind)?.get(plain(field));
  if (hint !== undefined) return `${refusal}: ${hint}`;
  const meant = kind && closest(field, fieldsOf(kind));
  return meant === undefined ? refusal : `${refusal}; did you mean ${meant}?`;
}

function fieldsOf(kind: Kind): readonly string[] {
  const checks = getMetadataStorage().getTargetValidationMetadatas(kind, '', false, false);
  return [...new Set(checks.map(({ propertyName }) => propertyName))];
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '');
}

/** Longer names are no slips of somebody's fingers. */
const MAX_COMPARED = 40;

/** The one that was written otherwise, or with a letter or two wrong. */
export function closest(field: string, known: readonly string[]): string | undefined {
  if (field.length > MAX_COMPARED) return undefined;
  const wanted = plain(field);
  const measured = known.map((name) => ({ name, distance: distanceOf(wanted, plain(name)) }));
  const [best] = measured.sort((a, b) => a.distance - b.distance);
  const allowed = wanted.length < 5 ? 1 : 2;
  return best && best.distance <= allowed && best.distance < wanted.length ? best.name : undefined;
}

/** Levenshtein's: how many letters have to be put in, left out or exchanged. */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (let column = 0; column < other.length; column += 1) {
      const exchanged = (row[column] ?? 0) + (other[column] === letter ? 0 : 1);
      next.push(Math.min(exchanged, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
