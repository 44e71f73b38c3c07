import { cleanSlice } from './clean-text.ts';
import type { CleanText } from './clean-text.ts';
import { isBlank } from './lines.ts';
import type { Line } from './lines.ts';
import type { ReadingCollector } from './reading-collector.ts';
import { readStatement } from './statement.ts';

const mostLines = 500;
const keyLine = /^(?:"([^"]{1,100})"|'([^']{1,100})'|([^\s:=#"'[\]{}-][^:=#]{0,100}?))\s*[:=](?:\s+|$)/u;

/** The index just after the front matter (YAML between `---`, TOML between `+++`) at a document's start, or 0. */
export function frontMatterEnd(text: string, lines: readonly Line[]): number {
  const first = lines[0];
  if (first === undefined) return 0;
  const fence = text.slice(first.contentStart, first.end);
  if (fence !== '---' && fence !== '+++') return 0;
  let keys = 0;
  for (let index = 1; index < Math.min(lines.length, mostLines); index += 1) {
    const line = lines[index];
    if (line === undefined) break;
    const content = text.slice(line.contentStart, Math.min(line.end, line.contentStart + 200));
    if (content === fence || content === '...') return keys > 0 ? index + 1 : 0;
    if (keyLine.test(content)) keys += 1;
    else if (line.indent === 0 && !isBlank(line) && !/^[-#[]/u.test(content)) return 0;
  }
  return 0;
}

interface OpenKey {
  readonly key: string;
  readonly indent: number;
  readonly start: number;
}

/** Reads front matter: keys with values, nested keys, lists in lines or brackets, block texts. */
export function readFrontMatter(
  source: { readonly text: string; readonly collector: ReadingCollector },
  lines: readonly Line[],
): void {
  new FrontMatterReader(source.text, source.collector).read(lines);
}

class FrontMatterReader {
  readonly #text: string;
  readonly #collector: ReadingCollector;
  readonly #open: OpenKey[] = [];
  #items: CleanText[] = [];

  constructor(text: string, collector: ReadingCollector) {
    this.#text = text;
    this.#collector = collector;
  }

  read(lines: readonly Line[]): void {
    for (let index = 0; index < lines.length; index += 1) {
      const line = lines[index];
      if (line === undefined || isBlank(line)) continue;
      const content = this.#text.slice(line.contentStart, line.end);
      if (content.startsWith('#')) continue;
      if (/^-(?:\s|$)/u.test(content)) {
        this.#items.push(unquoted(this.#plain(line.contentStart + 1, line.end)));
        continue;
      }
      this.#closeList();
      index = this.#readKey(lines, index, content);
    }
    this.#closeList();
  }

  #plain(start: number, end: number): CleanText {
    const clean = { text: this.#text.slice(start, end), start, end, starts: null, ends: null };
    return cleanSlice(clean, 0, clean.text.length);
  }

  #readKey(lines: readonly Line[], index: number, content: string): number {
    const line = lines[index];
    const table = /^\[{1,2}([^[\]]{1,100})\]{1,2}$/u.exec(content)?.[1];
    if (line === undefined) return index;
    if (table !== undefined) {
      this.#open.length = 0;
      this.#open.push({ key: table, indent: -1, start: line.contentStart });
      return index;
    }
    const match = keyLine.exec(content);
    const key = match?.[1] ?? match?.[2] ?? match?.[3];
    if (match === null || key === undefined) return index;
    while ((this.#open.at(-1)?.indent ?? -2) >= line.indent) this.#open.pop();
    const value = this.#plain(line.contentStart + match[0].length, line.end);
    this.#open.push({ key: key.trim(), indent: line.indent, start: line.contentStart });
    if (/^[|>][+-]?$/u.test(value.text)) return this.#readBlockText(lines, index);
    if (value.text !== '') this.#readValue(line.contentStart, value);
    return index;
  }

  get #path(): string[] {
    return this.#open.map((open) => open.key);
  }

  #readValue(start: number, value: CleanText): void {
    if (value.text.startsWith('[') && value.text.endsWith(']')) {
      this.#items = inlineItems(value);
      this.#closeList();
      return;
    }
    const bare = unquoted(value);
    readStatement(this.#collector, { path: this.#path, start, value: bare, rule: 'front-matter' });
  }

  #readBlockText(lines: readonly Line[], index: number): number {
    const key = this.#open.at(-1);
    let end = index + 1;
    while (end < lines.length) {
      const line = lines[end];
      if (line === undefined || (!isBlank(line) && line.indent <= (key?.indent ?? 0))) break;
      end += 1;
    }
    const first = lines[index + 1];
    const last = lines.slice(index + 1, end).findLast((line) => !isBlank(line));
    if (key !== undefined && first !== undefined && last !== undefined) {
      const value = this.#plain(first.contentStart, last.end);
      readStatement(this.#collector, { path: this.#path, start: key.start, value, rule: 'front-matter' });
    }
    return end - 1;
  }

  #closeList(): void {
    const items = this.#items.filter((item) => item.text !== '');
    this.#items = [];
    const first = items[0];
    const last = items.at(-1);
    const key = this.#open.at(-1);
    if (first === undefined || last === undefined || key === undefined) return;
    this.#collector.add({
      label: this.#path,
      start: key.start,
      end: last.end,
      valueStart: first.start,
      valueEnd: last.end,
      value: { type: 'list', items: items.map((item) => item.text) },
      period: null,
      rule: 'front-matter',
    });
  }
}

function unquoted(value: CleanText): CleanText {
  const quoted = /^"[^"]*"$|^'[^']*'$/u.test(value.text) && value.text.length > 2;
  if (quoted) return cleanSlice(value, 1, value.text.length - 1);
  const comment = value.text.search(/\s#\s/u);
  return comment > 0 ? cleanSlice(value, 0, comment) : value;
}

function inlineItems(value: CleanText): CleanText[] {
  const items: CleanText[] = [];
  let from = 1;
  let quote = '';
  for (let at = 1; at < value.text.length; at += 1) {
    const character = value.text.charAt(at);
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === ',' || at === value.text.length - 1) {
      items.push(unquoted(cleanSlice(value, from, at)));
      from = at + 1;
    }
  }
  return items;
}
