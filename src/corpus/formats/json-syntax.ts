/**
 * A JSON value as it is written: keys in their order, numbers in their own digits (JSON.parse would sort keys
 * that look like numbers and turn 1.10 into 1.1), and where each value starts in the text.
 */
export type JsonNode = JsonScalar | JsonArray | JsonObject;

export interface JsonScalar {
  readonly kind: 'scalar';
  readonly start: number;
  /** A string's content, or a number or boolean as written; null for `null` and for Python's `NaN`. */
  readonly text: string | null;
}

export interface JsonArray {
  readonly kind: 'array';
  readonly start: number;
  readonly items: readonly JsonNode[];
}

export interface JsonObject {
  readonly kind: 'object';
  readonly start: number;
  readonly entries: readonly JsonEntry[];
}

export interface JsonEntry {
  readonly key: string;
  readonly value: JsonNode;
}

/** Text that is not JSON. The offset is where it stops being so; the text's length where it ends too early. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';
  readonly offset: number;

  constructor(problem: string, offset: number) {
    super(problem);
    this.offset = offset;
  }
}

const deepestNesting = 200;
const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;
const colon = 0x3a;
/** JSON forbids these in strings, but many writers put them there as they are. */
const controlCharacter = /\p{Cc}/gu;
const literal = /-?(?:\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|Infinity)|true|false|null|NaN/y;
const numberRest = /^(?:\.|[eE][+-]?)$/;
const literalStart = /^(?:-?\d*\.?\d*(?:[eE][+-]?\d*)?|-?I[a-z]*|t[a-z]*|f[a-z]*|n[a-z]*|N[a-zA-Z]*)$/;

/**
 * Reads the JSON value at an offset of a text.
 *
 * @returns the value and the offset after it.
 * @throws JsonSyntaxError
 */
export function parseJsonValue(
  text: string,
  start: number,
): { readonly node: JsonNode; readonly end: number } {
  const reader = new JsonReader(text);
  const node = reader.value(start, 0);
  return { node, end: reader.position };
}

class JsonReader {
  readonly text: string;
  /** The offset after what was read last. */
  position = 0;

  constructor(text: string) {
    this.text = text;
  }

  value(at: number, depth: number): JsonNode {
    const start = skipWhitespace(this.text, at);
    const code = this.text.charCodeAt(start);
    if (code === openBrace || code === openBracket) {
      if (depth >= deepestNesting) {
        throw new JsonSyntaxError(`nested deeper than ${deepestNesting} levels`, start);
      }
      return code === openBrace ? this.object(start, depth + 1) : this.array(start, depth + 1);
    }
    if (code === quote) return { kind: 'scalar', start, text: this.string(start) };
    return { kind: 'scalar', start, text: this.literal(start) };
  }

  private object(start: number, depth: number): JsonObject {
    const entries: JsonEntry[] = [];
    let at = skipWhitespace(this.text, start + 1);
    if (this.text.charCodeAt(at) === closeBrace) {
      this.position = at + 1;
      return { kind: 'object', start, entries };
    }
    for (;;) {
      if (this.text.charCodeAt(at) !== quote) throw unexpected(this.text, at, 'a key in double quotes');
      const key = this.string(at);
      at = skipWhitespace(this.text, this.position);
      if (this.text.charCodeAt(at) !== colon) throw unexpected(this.text, at, 'a colon');
      entries.push({ key, value: this.value(at + 1, depth) });
      at = skipWhitespace(this.text, this.position);
      const code = this.text.charCodeAt(at);
      if (code === closeBrace) break;
      if (code !== comma) throw unexpected(this.text, at, 'a comma or a closing brace');
      at = skipWhitespace(this.text, at + 1);
    }
    this.position = at + 1;
    return { kind: 'object', start, entries };
  }

  private array(start: number, depth: number): JsonArray {
    const items: JsonNode[] = [];
    let at = skipWhitespace(this.text, start + 1);
    if (this.text.charCodeAt(at) === closeBracket) {
      this.position = at + 1;
      return { kind: 'array', start, items };
    }
    for (;;) {
      items.push(this.value(at, depth));
      at = skipWhitespace(this.text, this.position);
      const code = this.text.charCodeAt(at);
      if (code === closeBracket) break;
      if (code !== comma) throw unexpected(this.text, at, 'a comma or a closing bracket');
      at += 1;
    }
    this.position = at + 1;
    return { kind: 'array', start, items };
  }

  /** Reads the string whose opening quote stands at `start`. */
  string(start: number): string {
    const end = stringEnd(this.text, start);
    this.position = end;
    const content = this.text.slice(start + 1, end - 1);
    return content.includes('\\') ? unescape(content, start) : content;
  }

  private literal(start: number): string | null {
    literal.lastIndex = start;
    const match = literal.exec(this.text);
    if (match === null) {
      const rest = this.text.slice(start, start + 64);
      const cutOff = start + rest.length === this.text.length && literalStart.test(rest);
      throw cutOff
        ? new JsonSyntaxError('ends in the middle of a value', this.text.length)
        : unexpected(this.text, start, 'a value');
    }
    this.position = start + match[0].length;
    const rest = this.text.slice(this.position, this.position + 3);
    if (numberRest.test(rest) && this.position + rest.length === this.text.length) {
      throw new JsonSyntaxError('ends in the middle of a number', this.text.length);
    }
    return /^(?:null|NaN|-?Infinity)$/.test(match[0]) ? null : match[0];
  }
}

/** The offset after the string whose opening quote stands at `start`. */
function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === backslash) backslashes += 1;
    if (backslashes % 2 === 0) return at + 1;
  }
  throw new JsonSyntaxError('ends in the middle of a string', text.length);
}

function unescape(content: string, start: number): string {
  try {
    const value: unknown = JSON.parse(`"${content.replace(controlCharacter, escapeControl)}"`);
    return String(value).toWellFormed();
  } catch {
    throw new JsonSyntaxError('a string has an escape that JSON does not know', start);
  }
}

function escapeControl(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The offset of the first character from `at` on that is not white space. */
export function skipWhitespace(text: string, at: number): number {
  let next = at;
  for (;;) {
    const code = text.charCodeAt(next);
    if (code !== 0x20 && code !== 0x0a && code !== 0x09 && code !== 0x0d) return next;
    next += 1;
  }
}

function unexpected(text: string, at: number, expected: string): JsonSyntaxError {
  if (at >= text.length) return new JsonSyntaxError(`ends where ${expected} should follow`, text.length);
  return new JsonSyntaxError(`expected ${expected}, found ${JSON.stringify(text.slice(at, at + 12))}`, at);
}

/**
 * The offset after the value at `start`, found by quotes and brackets alone, without building it.
 *
 * @throws JsonSyntaxError where the text ends before the value does.
 */
export function skipJsonValue(text: string, start: number): number {
  let depth = 0;
  let at = skipWhitespace(text, start);
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = stringEnd(text, at);
      if (depth === 0) return at;
      continue;
    }
    if (code === openBrace || code === openBracket) depth += 1;
    else if (code === closeBrace || code === closeBracket) {
      if (depth === 0) return at;
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && code === comma) return at;
    at += 1;
  }
  if (depth > 0) throw new JsonSyntaxError('ends before its brackets are closed', text.length);
  return at;
}

/** The key and the extent of each entry of the object at `start`, without building the values. */
export function scanJsonEntries(
  text: string,
  start: number,
): { readonly key: string; readonly start: number; readonly end: number }[] {
  const entries: { key: string; start: number; end: number }[] = [];
  const reader = new JsonReader(text);
  let at = skipWhitespace(text, start + 1);
  while (text.charCodeAt(at) === quote) {
    const key = reader.string(at);
    const colonAt = skipWhitespace(text, reader.position);
    if (text.charCodeAt(colonAt) !== colon) throw unexpected(text, colonAt, 'a colon');
    const valueStart = skipWhitespace(text, colonAt + 1);
    const end = skipJsonValue(text, valueStart);
    entries.push({ key, start: valueStart, end });
    at = skipWhitespace(text, end);
    if (text.charCodeAt(at) === comma) at = skipWhitespace(text, at + 1);
  }
  return entries;
}

/**
 * Reads the items of the array at `start` one by one, so that a large array is never held as a whole.
 *
 * @throws JsonSyntaxError
 */
export function* parseJsonItems(text: string, start: number): Generator<JsonNode> {
  let at = skipWhitespace(text, start + 1);
  if (text.charCodeAt(at) === closeBracket) return;
  for (;;) {
    const { node, end } = parseJsonValue(text, at);
    yield node;
    at = skipWhitespace(text, end);
    const code = text.charCodeAt(at);
    if (code === closeBracket) return;
    if (code !== comma) throw unexpected(text, at, 'a comma or a closing bracket');
    at += 1;
  }
}

/** Whether a text, or the first part of one that may be cut off anywhere, is a JSON object or array. */
export function looksLikeJson(head: string): boolean {
  const start = skipWhitespace(head, 0);
  const code = head.charCodeAt(start);
  if (code !== openBrace && code !== openBracket) return false;
  try {
    const { end } = parseJsonValue(head, start);
    return skipWhitespace(head, end) >= head.length;
  } catch (error) {
    return error instanceof JsonSyntaxError && error.offset >= head.length && head.length > start + 1;
  }
}
