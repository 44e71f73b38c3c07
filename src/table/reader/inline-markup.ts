import { cleanSlice, isSpace } from './clean-text.ts';
import type { CleanText } from './clean-text.ts';

/** A longer piece is taken as it is: no label, cell or list item is that long. */
const longestMarkup = 50_000;

/** Whether a text may hold markup at all; most lines do not, and are taken as they are. */
const mayHoldMarkup = /[\\*_`[\]<&\n~\u00ad\u200b]/u;

const namedEntities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
  ['ndash', '–'],
  ['mdash', '—'],
  ['euro', '€'],
  ['pound', '£'],
  ['yen', '¥'],
  ['cent', '¢'],
  ['deg', '°'],
  ['plusmn', '±'],
  ['times', '×'],
  ['middot', '·'],
  ['bull', '•'],
  ['hellip', '…'],
  ['rsquo', '’'],
  ['lsquo', '‘'],
  ['ldquo', '“'],
  ['rdquo', '”'],
  ['sup2', '²'],
  ['sup3', '³'],
]);

const entityPattern = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z][a-zA-Z\d]{1,7}));/uy;
const breakTagPattern = /<br\s{0,3}\/?>/iuy;
const footnoteTagPattern = /<sup>[^<]{0,12}<\/sup>/iuy;
const tagPattern = /<\/?[a-zA-Z][a-zA-Z\d]{0,15}(?:\s[^<>]{0,300})?\/?>|<!--[^<>]{0,300}-->/uy;
const footnotePattern = /\[\^[^\]\s]{1,20}\]/uy;
const linkTargetPattern =
  /\]\([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?(?:\s+"[^"\n]{0,300}")?\)/uy;
const autolinkPattern = /<((?:https?:\/\/|mailto:)[^<>\s]{1,2000})>/uy;
const escapable = /[!-/:-@[-`{-~]/u;
const wordCharacter = /[\p{L}\p{N}]/u;

/**
 * Takes inline markup out of `source[start, end)`. Line breaks become single spaces, unless `keepLines` is set:
 * then each stays one `\n` without the white space around it.
 */
export function cleanInline(
  source: string,
  start: number,
  end: number,
  options: { readonly keepLines?: boolean } = {},
): CleanText {
  let from = start;
  let to = end;
  while (from < to && isSpace(source.charCodeAt(from))) from += 1;
  while (to > from && isSpace(source.charCodeAt(to - 1))) to -= 1;
  if (source.charCodeAt(to - 1) === 92 && source.charCodeAt(to) === 10 && to - from > 1) to -= 1;
  const raw = source.slice(from, to);
  if (raw.length > longestMarkup || !mayHoldMarkup.test(raw))
    return { text: raw, start: from, end: to, starts: null, ends: null };
  return new InlineCleaner(raw, from, options.keepLines === true).run();
}

/** One pass over a piece of text that has markup. */
class InlineCleaner {
  readonly #raw: string;
  readonly #start: number;
  readonly #keepLines: boolean;
  readonly #parts: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  #openBrackets = 0;

  constructor(raw: string, start: number, keepLines: boolean) {
    this.#raw = raw;
    this.#start = start;
    this.#keepLines = keepLines;
  }

  run(): CleanText {
    let position = 0;
    while (position < this.#raw.length) position = this.#step(position);
    return this.#trimmed();
  }

  #trimmed(): CleanText {
    const text = this.#parts.join('');
    const starts = this.#starts;
    const ends = this.#ends;
    const clean: CleanText = {
      text,
      start: starts[0] ?? this.#start,
      end: ends.at(-1) ?? this.#start,
      starts,
      ends,
    };
    const first = text.charCodeAt(0);
    const last = text.charCodeAt(text.length - 1);
    return isSpace(first) || isSpace(last) ? cleanSlice(clean, 0, text.length) : clean;
  }

  #put(character: string, from: number, to: number): void {
    this.#parts.push(character);
    for (let unit = 0; unit < character.length; unit += 1) {
      this.#starts.push(this.#start + from);
      this.#ends.push(this.#start + to);
    }
  }

  #match(pattern: RegExp, position: number): RegExpExecArray | null {
    pattern.lastIndex = position;
    return pattern.exec(this.#raw);
  }

  #step(position: number): number {
    const raw = this.#raw;
    const character = raw.charAt(position);
    switch (character) {
      case '\\': {
        const next = raw.charAt(position + 1);
        // At a line's end it breaks the line.
        if (next === '\n') return position + 1;
        if (next !== '' && escapable.test(next)) {
          this.#put(next, position, position + 2);
          return position + 2;
        }
        break;
      }
      case '*':
      case '_':
      case '~':
        if (this.#isEmphasis(position)) return position + 1;
        break;
      case '`':
      case '\u00ad':
      case '\u200b':
        return position + 1;
      case '<':
        return this.#tag(position);
      case '&':
        return this.#entity(position);
      case '[':
        return this.#openBracket(position);
      case ']':
        return this.#closeBracket(position);
      case '\n':
        return this.#lineBreak(position);
      default:
    }
    this.#put(character, position, position + 1);
    return position + 1;
  }

  /** Emphasis marks stand at the edge of a word; `5 * 3`, `snake_case` and a lone footnote star stay. */
  #isEmphasis(position: number): boolean {
    const raw = this.#raw;
    const mark = raw.charAt(position);
    const before = raw.charAt(position - 1);
    const after = raw.charAt(position + 1);
    if (mark === '~') return before === '~' || after === '~';
    if (before === mark || after === mark) return true;
    const spaceBefore = before === '' || isSpace(before.charCodeAt(0));
    const spaceAfter = after === '' || isSpace(after.charCodeAt(0));
    if (spaceBefore && spaceAfter) return false;
    if (mark === '_' && wordCharacter.test(before) && wordCharacter.test(after)) return false;
    if (spaceBefore) return raw.indexOf(mark, position + 2) > position;
    const opening = raw.lastIndexOf(mark, position - 2);
    return opening >= 0 && this.#opens(opening);
  }

  #opens(position: number): boolean {
    const after = this.#raw.charAt(position + 1);
    return after !== '' && !isSpace(after.charCodeAt(0));
  }

  #tag(position: number): number {
    const lineBreak = this.#match(breakTagPattern, position);
    if (lineBreak !== null) {
      const end = position + lineBreak[0].length;
      this.#put(this.#keepLines ? '\n' : ' ', position, end);
      return end;
    }
    const autolink = this.#match(autolinkPattern, position);
    if (autolink !== null) return this.#copy(position + 1, position + autolink[0].length - 1) + 1;
    const footnote = this.#match(footnoteTagPattern, position);
    if (footnote !== null) return position + footnote[0].length;
    const tag = this.#match(tagPattern, position);
    if (tag !== null) return position + tag[0].length;
    this.#put('<', position, position + 1);
    return position + 1;
  }

  #copy(from: number, to: number): number {
    for (let at = from; at < to; at += 1) this.#put(this.#raw.charAt(at), at, at + 1);
    return to;
  }

  #entity(position: number): number {
    const match = this.#match(entityPattern, position);
    const text = match === null ? null : decodeEntity(match);
    if (match === null || text === null) {
      this.#put('&', position, position + 1);
      return position + 1;
    }
    this.#put(text, position, position + match[0].length);
    return position + match[0].length;
  }

  #openBracket(position: number): number {
    const footnote = this.#match(footnotePattern, position);
    if (footnote !== null) return position + footnote[0].length;
    if (this.#isLink(position)) {
      this.#openBrackets += 1;
      return position + 1;
    }
    this.#put('[', position, position + 1);
    return position + 1;
  }

  /** Whether the bracket's own partner is followed by a link target. */
  #isLink(position: number): boolean {
    const limit = Math.min(this.#raw.length, position + 500);
    let depth = 0;
    for (let at = position; at < limit; at += 1) {
      const character = this.#raw.charAt(at);
      if (character === '[') depth += 1;
      else if (character === ']') {
        depth -= 1;
        if (depth === 0) return this.#match(linkTargetPattern, at) !== null;
      }
    }
    return false;
  }

  #closeBracket(position: number): number {
    if (this.#openBrackets > 0) {
      const target = this.#match(linkTargetPattern, position);
      if (target !== null) {
        this.#openBrackets -= 1;
        return position + target[0].length;
      }
    }
    this.#put(']', position, position + 1);
    return position + 1;
  }

  #lineBreak(position: number): number {
    const raw = this.#raw;
    while (this.#parts.length > 0 && isSpace((this.#parts.at(-1) ?? '').charCodeAt(0))) this.#drop();
    let at = position + 1;
    while (at < raw.length && isSpace(raw.charCodeAt(at))) at += 1;
    this.#put(this.#keepLines ? '\n' : ' ', position, at);
    return at;
  }

  #drop(): void {
    const last = this.#parts.pop() ?? '';
    this.#starts.length -= last.length;
    this.#ends.length -= last.length;
  }
}

function decodeEntity(match: RegExpExecArray): string | null {
  const [, decimal, hexadecimal, name] = match;
  if (name !== undefined) return namedEntities.get(name) ?? null;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number.parseInt(decimal, 10);
  if (!(code > 31) || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null;
  return String.fromCodePoint(code);
}
