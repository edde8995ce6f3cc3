import type { ShapeBounds, ShapeFault } from './shape-bounds';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Where JSON goes beyond the bounds; undefined when it does not. One pass over the bytes, and nothing is built: it comes
 * before JSON.parse. Whether it is JSON at all is for JSON.parse to say; up to the first mistake both read the same.
 */
export function shapeFault(json: Uint8Array, bounds: ShapeBounds): ShapeFault | undefined {
  return new ShapeScan(json, bounds).run();
}

/** An object or a list that has been opened and not closed yet. */
interface Level {
  readonly isList: boolean;
  /** Members or items so far. */
  count: number;
  keyStart: number;
  keyEnd: number;
  /** Of its members so far. */
  readonly names: Set<string>;
}

class ShapeScan {
  private readonly levels: Level[] = [];
  private values = 0;
  private awaitsKey = false;

  constructor(
    private readonly json: Uint8Array,
    private readonly bounds: ShapeBounds,
  ) {}

  run(): ShapeFault | undefined {
    const { length } = this.json;
    for (let at = 0; at < length;) {
      const end = this.endOfToken(at);
      const message = this.take(at, end);
      if (message !== undefined) return { field: this.place(), message };
      at = end;
    }
    return undefined;
  }

  /** Of the text, number or word that begins here; of a single byte otherwise. */
  private endOfToken(start: number): number {
    const first = this.json[start] ?? 0;
    if (first === QUOTE) return this.endOfText(start);
    let end = start + 1;
    if (!isScalar(first)) return end;
    while (end < this.json.length && isScalar(this.json[end] ?? 0)) end += 1;
    return end;
  }

  private endOfText(start: number): number {
    const { json } = this;
    let at = start + 1;
    while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
    return Math.min(at + 1, json.length);
  }

  /** @returns what is wrong with it */
  private take(start: number, end: number): string | undefined {
    const first = this.json[start] ?? 0;
    switch (first) {
      case COMMA:
        this.awaitsKey = this.levels.at(-1)?.isList === false;
        return undefined;
      case COLON:
        this.awaitsKey = false;
        return undefined;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        this.levels.pop();
        this.awaitsKey = false;
        return undefined;
      case OPEN_LIST:
      case OPEN_OBJECT:
        return this.value() ?? this.open(first === OPEN_LIST);
      case QUOTE:
        return this.awaitsKey ? this.key(start + 1, end - 1) : (this.value() ?? this.text(end - start - 2));
      default:
        return isScalar(first) ? (this.value() ?? this.scalar(end - start)) : undefined;
    }
  }

  private open(isList: boolean): string | undefined {
    if (this.levels.length >= this.bounds.depth) {
      return `is nested too deeply: at most ${this.bounds.depth} levels`;
    }
    this.levels.push({ isList, count: 0, keyStart: 0, keyEnd: 0, names: new Set() });
    this.awaitsKey = !isList;
    return undefined;
  }

  private key(start: number, end: number): string | undefined {
    const level = this.levels.at(-1);
    if (!level) return undefined;
    level.count += 1;
    level.keyStart = start;
    level.keyEnd = end;
    if (end - start > this.bounds.keyBytes) return 'should not exist: its name is too long';
    if (level.count > this.bounds.members) {
      this.levels.pop();
      return `has too many members: at most ${this.bounds.members}`;
    }
    // JSON.parse would take the last one, and whoever looked at the request before, perhaps the first (RFC 8259, 4).
    const name = this.unescaped(start, end);
    if (level.names.has(name)) return 'is there more than once';
    level.names.add(name);
    return undefined;
  }

  private value(): string | undefined {
    this.values += 1;
    if (this.values > this.bounds.values) {
      this.levels.length = 0;
      return `holds too many values: at most ${this.bounds.values}`;
    }
    const level = this.levels.at(-1);
    if (!level?.isList) return undefined;
    level.count += 1;
    if (level.count <= this.bounds.items) return undefined;
    this.levels.pop();
    return `has too many items: at most ${this.bounds.items}`;
  }

  private text(bytes: number): string | undefined {
    return bytes > this.bounds.textBytes ? 'is too long a text' : undefined;
  }

  private scalar(bytes: number): string | undefined {
    return bytes > this.bounds.numberBytes ? 'is too long a number' : undefined;
  }

  private place(): string {
    const names = this.levels.map(({ isList, count, keyStart, keyEnd }) =>
      isList ? String(Math.max(count - 1, 0)) : this.name(keyStart, keyEnd),
    );
    return names.join('.') || 'body';
  }

  private unescaped(start: number, end: number): string {
    const raw = Buffer.from(this.json.buffer, this.json.byteOffset + start, end - start).toString('utf8');
    if (!raw.includes('\\')) return raw;
    try {
      return JSON.parse(`"${raw}"`) as string;
    } catch {
      return raw;
    }
  }

  private name(start: number, end: number): string {
    return Buffer.from(this.json.subarray(start, Math.min(end, start + 64))).toString('utf8');
  }
}

/** Neither white space nor punctuation: a byte of a number, or of true, false and null. */
function isScalar(byte: number): boolean {
  switch (byte) {
    case 0x20:
    case 0x09:
    case 0x0a:
    case 0x0d:
    case QUOTE:
    case COMMA:
    case COLON:
    case OPEN_LIST:
    case CLOSE_LIST:
    case OPEN_OBJECT:
    case CLOSE_OBJECT:
      return false;
    default:
      return true;
  }
}
