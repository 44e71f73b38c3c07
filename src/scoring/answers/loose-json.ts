/*
 * JSON as models write it: single quotes, Python's words, trailing commas, names without quotes. What stands behind
 * the value is passed over.
 */

/** The value that a text begins with; undefined where it is none. */
export function parseJsonLoosely(text: string): unknown {
  const reader = new LooseReader(text);
  try {
    return reader.value();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const closing = new Map([
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['‘', '’'],
  ['「', '」'],
]);
const escapes = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
]);
const words = new Map<string, unknown>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['null', null],
  ['None', null],
]);

/** Answers are lists of rows at most; what nests deeper is none. */
const deepest = 20;

class LooseReader {
  readonly #text: string;
  #position = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): unknown {
    this.#depth += 1;
    if (this.#depth > deepest) throw new SyntaxError('depth');
    const read = this.#read();
    this.#depth -= 1;
    return read;
  }

  #read(): unknown {
    this.#skipSpace();
    const char = this.#peek();
    if (char === '[' || char === '(') return this.#list(char === '[' ? ']' : ')');
    if (char === '{') return this.#object();
    const close = closing.get(char);
    return close === undefined ? this.#bare() : this.#string(close);
  }

  #list(end: string): unknown[] {
    this.#position += 1;
    const items: unknown[] = [];
    while (!this.#takes(end)) {
      items.push(this.value());
      if (!this.#takes(',') && !this.#takes('，') && !this.#takes('、') && !this.#isNext(end))
        throw new SyntaxError('list');
    }
    return items;
  }

  #object(): unknown {
    this.#position += 1;
    const members: [string, unknown][] = [];
    while (!this.#takes('}')) {
      const key = this.value();
      if (!this.#takes(':')) throw new SyntaxError('member');
      members.push([String(key), this.value()]);
      if (!this.#takes(',') && !this.#isNext('}')) throw new SyntaxError('object');
    }
    return Object.fromEntries(members);
  }

  /** A quote closes a string only before a separator, so that apostrophes within stay. */
  #string(close: string): string {
    this.#position += 1;
    let content = '';
    for (;;) {
      const char = this.#peek();
      if (char === '') throw new SyntaxError('string');
      this.#position += 1;
      if (char === '\\') {
        const escaped = this.#peek();
        this.#position += 1;
        content += this.#escape(escaped);
      } else if (
        char === close &&
        /^\s*(?:[,，、:\]})]|$)/u.test(this.#text.slice(this.#position, this.#position + 8))
      ) {
        return content;
      } else content += char;
    }
  }

  #escape(char: string): string {
    if (char !== 'u') return escapes.get(char) ?? char;
    const digits = /^[\da-f]{4}/iu.exec(this.#text.slice(this.#position, this.#position + 4))?.[0];
    if (digits === undefined) return char;
    this.#position += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  /** A number, a word of JSON or Python, or a name without quotes, up to the next separator. */
  #bare(): unknown {
    const match = /^(?:[$€£¥]?-?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?(?=\s*[,\]}]\s)|[^,，、:\]}\n]+)/u.exec(
      this.#text.slice(this.#position, this.#position + 300),
    );
    const text = match?.[0].trim();
    if (match === null || text === undefined || text === '') throw new SyntaxError('bare');
    this.#position += match[0].length;
    if (words.has(text)) return words.get(text);
    return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/u.test(text) && String(Number(text)) === text
      ? Number(text)
      : text;
  }

  #peek(): string {
    return this.#text.charAt(this.#position);
  }

  #isNext(char: string): boolean {
    this.#skipSpace();
    return this.#peek() === char;
  }

  #takes(char: string): boolean {
    if (!this.#isNext(char)) return false;
    this.#position += 1;
    return true;
  }

  #skipSpace(): void {
    while (/\s/u.test(this.#peek())) this.#position += 1;
  }
}
