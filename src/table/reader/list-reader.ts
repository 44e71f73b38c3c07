import { cleanInline } from './inline-markup.ts';
import type { ListBlock, ListItem } from './block.ts';
import { cleanSlice } from './clean-text.ts';
import type { CleanText } from './clean-text.ts';
import { isStatement, readLabelledLine } from './labelled-line.ts';
import type { OpenLabel } from './open-label.ts';
import { joinLines, readParagraph } from './paragraph-reader.ts';
import type { ParagraphSource } from './paragraph-reader.ts';
import { qualifyLabel } from './label-qualifiers.ts';
import { readStatement } from './statement.ts';
import { measuresByName } from './value-parts.ts';

interface ListSource extends ParagraphSource {
  /** The label or heading right above the list. */
  readonly above: OpenLabel | null;
}

interface ItemTree {
  readonly item: ListItem;
  readonly children: ItemTree[];
}

const checkbox = /^\[[ xX]\]\s+|^[☐☑☒]\s+/u;

/** Reads a bullet list: labelled items as statements, others as the items of one list. */
export function readList(source: ListSource, list: ListBlock): CleanText[] {
  const trees = nest(list.items);
  const entities = nameItems(source.text, trees);
  if (entities === null) return readItems(source, trees, []);
  return trees.flatMap(({ item }, index) => {
    const entity = entities[index] ?? null;
    return readParagraph({ ...source, entity, rule: 'list-record' }, item.lines).prose;
  });
}

/**
 * Items that are records, each of several labelled lines and all with the same first label: their first values
 * name them. Null where the list is none of records.
 */
function nameItems(text: string, trees: readonly ItemTree[]): string[] | null {
  if (trees.length < 2) return null;
  const names: string[] = [];
  let key: string | null = null;
  for (const { item, children } of trees) {
    if (children.length > 0 || item.lines.length < 2) return null;
    const [first, second] = item.lines.slice(0, 2).map((line) => readLabelledLine(text, line));
    if (first?.split?.separator !== 'colon' || second?.split?.separator !== 'colon') return null;
    const own = first.clean.text.slice(0, first.split.labelEnd);
    if (key !== null && own !== key) return null;
    key = own;
    names.push(first.clean.text.slice(first.split.valueStart));
  }
  return new Set(names).size === names.length && !names.includes('') ? names : null;
}

/** Items by indentation. */
function nest(items: readonly ListItem[]): ItemTree[] {
  const roots: ItemTree[] = [];
  const open: ItemTree[] = [];
  for (const item of items) {
    while ((open.at(-1)?.item.indent ?? -1) >= item.indent) open.pop();
    const tree: ItemTree = { item, children: [] };
    (open.at(-1)?.children ?? roots).push(tree);
    open.push(tree);
  }
  return roots;
}

function readItems(source: ListSource, trees: readonly ItemTree[], path: readonly string[]): CleanText[] {
  const prose: CleanText[] = [];
  const plain: CleanText[] = [];
  for (const tree of trees) {
    const { item } = tree;
    const first = item.lines[0];
    if (first === undefined) continue;
    const labelled = readLabelledLine(source.text, first);
    if (tree.children.length > 0) {
      prose.push(...readParent(source, tree, path));
    } else if (isStatement(labelled)) {
      const groups = [...(source.groups ?? []), ...path];
      const rest = readParagraph({ ...source, groups, rule: 'list-label' }, item.lines);
      prose.push(...rest.prose);
    } else {
      const text = joinLines(source.text, item.lines);
      if (readMeasures(source, text)) continue;
      plain.push(text);
      prose.push(text);
    }
  }
  if (plain.length > 0 && plain.length * 2 >= trees.length) addList(source, plain, path);
  return prose;
}

/** "Height 52 mm; width 93 mm" states both. */
function readMeasures(source: ListSource, value: CleanText): boolean {
  const parts = measuresByName(value.text);
  for (const { label, start, end } of parts ?? []) {
    const { groups, entity } = source;
    const part = cleanSlice(value, start, end);
    const path = [label ?? ''];
    readStatement(source.collector, {
      path,
      start: value.start,
      value: part,
      groups,
      entity,
      rule: 'list-label',
    });
  }
  return parts !== null;
}

/** An item with items below it: its label, or its words, stand above them. */
function readParent(source: ListSource, tree: ItemTree, path: readonly string[]): CleanText[] {
  const { item, children } = tree;
  const clean = cleanInline(source.text, item.contentStart, item.lines[0]?.end ?? item.end);
  const first = item.lines[0];
  const labelled = first === undefined ? null : readLabelledLine(source.text, first);
  const split = labelled?.split ?? null;
  let label = clean.text.replace(/[:：]$/u, '');
  if (labelled !== null && split !== null && isStatement(labelled)) {
    label = clean.text.slice(0, split.labelEnd);
    if (split.valueStart < clean.text.length) {
      const groups = [...(source.groups ?? []), ...path];
      readParagraph({ ...source, groups, rule: 'list-label' }, item.lines);
    }
  }
  return readItems(source, children, [...path, label]);
}

/** What the list is called: the items above it, else the label or heading. */
function listPath(source: ListSource, path: readonly string[]): readonly string[] {
  if (path.length > 0) return path;
  return source.above === null ? [] : [source.above.label];
}

function addList(source: ListSource, items: readonly CleanText[], path: readonly string[]): void {
  const first = items[0];
  const last = items.at(-1);
  if (first === undefined || last === undefined) return;
  const labels = listPath(source, path).map((label) => qualifyLabel(label));
  const label = labels.map((each) => each.label).filter((each) => each !== '');
  if (label.length === 0) return;
  if (items.length === 1) {
    const { groups, entity } = source;
    readStatement(source.collector, {
      path: label,
      start: first.start,
      value: first,
      groups,
      entity,
      rule: 'list',
    });
    return;
  }
  source.collector.add({
    label,
    groups: source.groups,
    entity: source.entity,
    start: first.start,
    end: last.end,
    valueStart: first.start,
    valueEnd: last.end,
    value: { type: 'list', items: items.map((item) => item.text.replace(checkbox, '')) },
    period: labels.findLast((each) => each.period !== null)?.period ?? null,
    rule: 'list',
  });
}
