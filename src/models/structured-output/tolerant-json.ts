/** JSON as far as it goes: what a model wrote may end in the middle. */
export interface TolerantJson {
  readonly value: JsonValue;
  /** Where in the text it ends, exclusive. */
  readonly end: number;
  /** False where the text ended before the value did. Members that were cut are left out, never shortened. */
  readonly closed: boolean;
}

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** More levels than any answer has; a guard against a reply of brackets alone. */
const deepest = 64;

const closingQuotes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['‘', '’'],
]);

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
]);

const literals: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
  ['none', null],
  ['undefined', null],
  ['nan', null],
]);

const space = /(?:\s|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$))*/y;
const bareKey = /[\p{L}_$][\p{L}\p{N}_$-]*(?=\s*:)/uy;
const numeral = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d*)?/y;
const word = /[A-Za-z]+/y;
/** A sign or a word that the end of the text cut. */
const beginning = /^[-+.A-Za-z]{1,9}$/;
/** What may follow the comma after a string in an object: the next key, or nothing more. */
const afterCommaInObject = /,(?:\s|\/\/[^\n]*)*(?:["'“‘}]|[\p{L}_$][\p{L}\p{N}_$-]*\s*:|$)/uy;
const afterCommaInArray = /,(?:\s|\/\/[^\n]*)*(?:["'“‘[{\]\d-]|(?:true|false|null)\b|$)/iy;
/** Some models forget the comma, never the line break before the next key. */
const nextKeyWithoutComma = /[ \t]*\n\s*["'“][^"'”\n]{1,100}["'”]\s*:/y;

type Container = 'object' | 'array';

/**
 * Reads the JSON object that begins at `start` as models write it: with trailing commas, comments, single or curly
 * quotes, bare keys, Python's literals, line breaks and unescaped quotation marks within strings, and cut off.
 * Null where no object begins there.
 */
export function readTolerantObject(text: string, start: number): TolerantJson | null {
  return text.charAt(start) === '{' ? new TolerantReader(text).object(start, 0) : null;
}

class TolerantReader {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  object(start: number, depth: number): TolerantJson | null {
    const entries: [string, JsonValue][] = [];
    let at = start + 1;
    for (;;) {
      at = this.#skip(at, ',');
      if (at >= this.#text.length) return this.#cut(Object.fromEntries(entries));
      if (this.#text.charAt(at) === '}')
        return { value: Object.fromEntries(entries), end: at + 1, closed: true };
      const key = this.#key(at);
      if (key === null) return null;
      if (!key.closed) return this.#cut(Object.fromEntries(entries));
      at = this.#skip(key.end);
      if (at >= this.#text.length) return this.#cut(Object.fromEntries(entries));
      if (this.#text.charAt(at) !== ':') return null;
      const member = this.#value(this.#skip(at + 1), depth + 1, 'object');
      if (member === null) return null;
      if (!member.closed) return this.#cut(Object.fromEntries(entries));
      entries.push([String(key.value), member.value]);
      at = member.end;
    }
  }

  #array(start: number, depth: number): TolerantJson | null {
    const items: JsonValue[] = [];
    let at = start + 1;
    for (;;) {
      at = this.#skip(at, ',');
      if (at >= this.#text.length) return this.#cut(items);
      if (this.#text.charAt(at) === ']') return { value: items, end: at + 1, closed: true };
      const item = this.#value(at, depth + 1, 'array');
      if (item === null) return null;
      if (!item.closed) return this.#cut(items);
      items.push(item.value);
      at = item.end;
    }
  }

  #value(at: number, depth: number, within: Container): TolerantJson | null {
    const text = this.#text;
    if (at >= text.length) return this.#cut(null);
    if (depth > deepest) return null;
    const first = text.charAt(at);
    if (first === '{') return this.object(at, depth);
    if (first === '[') return this.#array(at, depth);
    if (closingQuotes.has(first)) return this.#string(at, within);
    numeral.lastIndex = at;
    const digits = numeral.exec(text)?.[0];
    if (digits !== undefined) {
      const end = at + digits.length;
      // A number at the very end of the text may have had more digits.
      if (end === text.length) return this.#cut(null);
      return Number.isNaN(Number(digits)) ? null : { value: Number(digits), end, closed: true };
    }
    word.lastIndex = at;
    const name = word.exec(text)?.[0];
    const literal = name === undefined ? undefined : literals.get(name.toLowerCase());
    if (name === undefined || literal === undefined)
      return beginning.test(text.slice(at)) ? this.#cut(null) : null;
    return { value: literal, end: at + name.length, closed: true };
  }

  #key(at: number): TolerantJson | null {
    if (closingQuotes.has(this.#text.charAt(at))) {
      const key = this.#string(at, 'key');
      return this.#text.slice(at, key.end).includes('\n') ? null : key;
    }
    bareKey.lastIndex = at;
    const name = bareKey.exec(this.#text)?.[0];
    return name === undefined ? null : { value: name, end: at + name.length, closed: true };
  }

  #string(start: number, within: Container | 'key'): TolerantJson {
    const text = this.#text;
    const closing = closingQuotes.get(text.charAt(start));
    let value = '';
    for (let at = start + 1; at < text.length; at += 1) {
      const char = text.charAt(at);
      if (char === '\\') {
        const escaped = this.#escape(at + 1);
        value += escaped.value;
        at = escaped.end - 1;
      } else if (char === closing && this.#endsString(at + 1, within)) {
        return { value, end: at + 1, closed: true };
      } else value += char;
    }
    return this.#cut(value);
  }

  #escape(at: number): { value: string; end: number } {
    const char = this.#text.charAt(at);
    if (char === 'u') {
      const digits = this.#text.slice(at + 1, at + 5);
      if (/^[\da-f]{4}$/i.test(digits))
        return { value: String.fromCharCode(Number.parseInt(digits, 16)), end: at + 5 };
    }
    return { value: escapes.get(char) ?? char, end: at + 1 };
  }

  /** Whether a quotation mark is the end of its string, and not one that the model forgot to escape. */
  #endsString(at: number, within: Container | 'key'): boolean {
    const text = this.#text;
    const next = this.#skip(at);
    if (next >= text.length) return true;
    const char = text.charAt(next);
    if (within === 'key') return char === ':';
    if (char === (within === 'object' ? '}' : ']')) return true;
    nextKeyWithoutComma.lastIndex = at;
    if (within === 'object' && nextKeyWithoutComma.test(text)) return true;
    const afterComma = within === 'object' ? afterCommaInObject : afterCommaInArray;
    afterComma.lastIndex = next;
    return afterComma.test(text);
  }

  /** Skips white space and comments, and the given mark among them. */
  #skip(from: number, mark?: string): number {
    let at = from;
    for (;;) {
      space.lastIndex = at;
      at += space.exec(this.#text)?.[0].length ?? 0;
      if (mark === undefined || this.#text.charAt(at) !== mark) return at;
      at += 1;
    }
  }

  #cut(value: JsonValue): TolerantJson {
    return { value, end: this.#text.length, closed: false };
  }
}
