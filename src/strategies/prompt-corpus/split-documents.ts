/** A document as a prompt holds it. */
export interface PromptDocument {
  /** What the prompt calls it (`# Document 3: Acme`, `<source>acme.md</source>`), or null. */
  readonly name: string | null;
  readonly text: string;
}

export interface SplitText {
  /** In words, for people: `12 documents under "# Document 1:" to "# Document 12:"`. */
  readonly description: string;
  readonly documents: readonly PromptDocument[];
  /** Text before the first document, as a rule an order to the model. */
  readonly preamble: string;
  readonly warnings: readonly string[];
}

/**
 * Takes a long text apart into the documents it holds: by numbered headings (`# Document 1:`, `Passage 1:`,
 * `[Doc 1]`), by `<document>` elements, by Markdown headings of the first level; a text that has none of these is
 * one document.
 *
 * A document may itself contain such a marker. Numbered markers count only where they go on counting, and of several
 * with the same number the last that still has the next one behind it; an element reaches up to the last closing tag
 * before the next one opens.
 */
export function splitDocuments(text: string): SplitText {
  return (
    splitAtNumbers(text) ??
    splitAtElements(text) ??
    splitAtHeadings(text) ?? {
      description: 'one document',
      documents: text.trim() === '' ? [] : [{ name: null, text: text.trim() }],
      preamble: '',
      warnings: [],
    }
  );
}

interface Marker {
  readonly number: number;
  readonly start: number;
  readonly end: number;
  /** As it stands in the text. */
  readonly label: string;
  readonly name: string | null;
}

const numberedMarker =
  /^(?<lead>#{1,6} +|\[ ?|[=*-]{2,} ?)?(?<noun>Document|Doc|Passage|Article|File|Report|Paper|Text|文档|文件)[ #]*(?<number>\d{1,7})(?: ?(?:of|\/) ?\d{1,7})?(?<end> ?\]:?| ?[:：]| ?[=*-]{2,}|(?=[ \t]*$))(?<name>[^\n]*)$/gim;

/** A numbered line without a heading's mark is found in running text too, where there is only one of it. */
const fewestWithoutHeading = 2;

function splitAtNumbers(text: string): SplitText | null {
  const families = new Map<string, Marker[]>();
  for (const match of text.matchAll(numberedMarker)) {
    const { lead = '', noun = '', number = '', name = '' } = match.groups ?? {};
    const family = `${lead.trim()} ${noun.toLowerCase()}`;
    const markers = families.get(family) ?? [];
    markers.push({
      number: Number(number),
      start: match.index,
      end: match.index + match[0].length,
      label: match[0].slice(0, match[0].length - name.length).trim(),
      name: name.replace(/^[\s:]+|[\s=*-]+$/g, '') || null,
    });
    families.set(family, markers);
  }
  const chains = [...families].map(([family, markers]) => ({ family, chain: countingChain(markers) }));
  const [longest] = chains
    .filter(({ family, chain }) => chain.length >= (family.startsWith('#') ? 1 : fewestWithoutHeading))
    // Documents within documents are numbered too; the outer ones begin first.
    .sort(
      (left, right) =>
        (left.chain[0]?.start ?? 0) - (right.chain[0]?.start ?? 0) || right.chain.length - left.chain.length,
    );
  const [first] = longest?.chain ?? [];
  if (longest === undefined || first === undefined) return null;
  const { chain } = longest;
  const last = chain.at(-1) ?? first;
  const documents = chain.map(({ end, name }, index) => ({
    name,
    text: text.slice(end, chain[index + 1]?.start).trim(),
  }));
  const numbers = new Set(chain.map(({ number }) => number));
  const repeated = (families.get(longest.family) ?? []).filter(({ number }) => numbers.has(number)).length;
  return {
    description: `${countDocuments(chain.length)} under "${first.label}"${chain.length > 1 ? ` to "${last.label}"` : ''}`,
    documents: documents.filter((document) => document.text !== ''),
    preamble: text.slice(0, first.start).trim(),
    warnings:
      repeated > chain.length
        ? [
            `${repeated - chain.length} lines look like the beginning of a document but repeat its number; they were taken for text.`,
          ]
        : [],
  };
}

/**
 * The longest run of markers that counts on from 1 (or 0), each standing as far back in the text as the next one
 * allows: what a document quotes of its neighbour's heading stays in the document.
 */
function countingChain(markers: readonly Marker[]): Marker[] {
  const endOfCount = (first: number): number =>
    markers.reduce((next, { number }) => (number === next ? next + 1 : next), first);
  // A document may say "Document 0:" somewhere; the count begins there only where it leads further.
  const first = endOfCount(0) > endOfCount(1) ? 0 : 1;
  const next = endOfCount(first);
  const chain: Marker[] = [];
  for (const marker of markers.toReversed()) {
    if (marker.number === next - 1 - chain.length && marker.number >= first) chain.push(marker);
  }
  return chain.toReversed();
}

const openingTag = /^[ \t]*<(?<element>document|doc|passage|article|file)(?<attributes>(?:\s[^<>\n]*)?)>/gim;

function splitAtElements(text: string): SplitText | null {
  const openings = [...text.matchAll(openingTag)];
  const [first] = openings;
  const element = first?.groups?.['element'];
  if (first === undefined || element === undefined) return null;
  const own = openings.filter((opening) => opening.groups?.['element'] === element);
  const documents: PromptDocument[] = [];
  for (const [index, opening] of own.entries()) {
    const start = opening.index + opening[0].length;
    const body = text.slice(start, own[index + 1]?.index);
    const close = body.toLowerCase().lastIndexOf(`</${element.toLowerCase()}>`);
    if (close === -1) return null;
    documents.push(elementDocument(opening.groups?.['attributes'] ?? '', body.slice(0, close)));
  }
  return {
    description: `${countDocuments(documents.length)} in <${element}> elements`,
    documents: documents.filter((document) => document.text !== ''),
    preamble: text
      .slice(0, first.index)
      .replace(/<documents>\s*$/i, '')
      .trim(),
    warnings: [],
  };
}

const named =
  /\b(?:title|name|source|path|filename|file|url)\s*=\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)')/i;
const namingChild = /^\s*<(?<child>source|title|name|path)>(?<name>[^<\n]{1,300})<\/\k<child>>/i;
const content = /^\s*<(?<child>document_content|document_contents|content|contents|text)>/i;

/** A document whose name is an attribute or leading child, and whose text may be wrapped once more. */
function elementDocument(attributes: string, body: string): PromptDocument {
  const attribute = named.exec(attributes)?.groups;
  let name = attribute?.['double'] ?? attribute?.['single'] ?? null;
  let rest = body;
  for (let match = namingChild.exec(rest); match !== null; match = namingChild.exec(rest)) {
    name ??= match.groups?.['name'] ?? null;
    rest = rest.slice(match[0].length);
  }
  const wrapped = content.exec(rest);
  if (wrapped !== null) {
    const close = rest.lastIndexOf(`</${wrapped.groups?.['child']}>`);
    if (close > wrapped[0].length) rest = rest.slice(wrapped[0].length, close);
  }
  return { name: name?.trim() || null, text: rest.trim() };
}

const fewestHeadings = 3;
/** The first heading stands at the beginning, after an order to the model at most. */
const longestPreamble = 2_000;

function splitAtHeadings(text: string): SplitText | null {
  const starts = headingStarts(text);
  const [first] = starts;
  if (first === undefined || first > longestPreamble || starts.length < fewestHeadings) return null;
  return {
    description: `${countDocuments(starts.length)} under Markdown headings of the first level`,
    documents: starts.map((start, index) => ({
      name: null,
      text: text.slice(start, starts[index + 1]).trim(),
    })),
    preamble: text.slice(0, first).trim(),
    warnings: [],
  };
}

/** Where level-one headings begin, those within fenced code left out. */
function headingStarts(text: string): number[] {
  const starts: number[] = [];
  let fence: string | null = null;
  for (const { 0: line, index } of text.matchAll(/^(?:# +\S| {0,3}(?:`{3,}|~{3,}))/gm)) {
    const mark = line.trim().charAt(0);
    if (mark === '#') {
      if (fence === null) starts.push(index);
    } else if (fence === null) fence = mark;
    else if (fence === mark) fence = null;
  }
  return starts;
}

function countDocuments(count: number): string {
  return count === 1 ? 'one document' : `${count.toLocaleString('en-US')} documents`;
}
