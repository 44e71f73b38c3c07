import type { FieldGroup, Topics } from './field-identity.ts';
import { isSpoken } from './field-joins.ts';
import { isGeneric, meansWhole } from './generic-words.ts';
import { toIdentifier, type UniqueNames } from './identifiers.ts';
import { joinParts, withoutQualifiers } from './label-part.ts';
import type { LabelPath } from './label-paths.ts';
import { foldLabel } from '../values/labels.ts';

export interface FieldName {
  /** The field in the documents' words: `Area > total`. */
  readonly label: string;
  /** The SQL identifier. */
  readonly name: string;
  readonly aliases: readonly string[];
}

const mostAliases = 12;
const nameless = 'field';

/**
 * Names fields, the most frequent first: by their last label and the topics above it that tell it apart.
 * Headings that only order the document stay out of the name as long as it is unique without them.
 */
export function nameFields({
  groups,
  topics,
  columns,
}: {
  groups: readonly FieldGroup[];
  topics: Topics;
  columns: UniqueNames;
}): FieldName[] {
  const chosen = groups.map((group) => chooseLabel({ group, topics, columns }));
  const labels = new Set(chosen.map(({ label }) => foldLabel(label)));
  const leaves = new Map<string, number>();
  for (const { paths } of groups) {
    const leaf = paths[0]?.parts.at(-1) ?? '';
    leaves.set(leaf, (leaves.get(leaf) ?? 0) + 1);
  }
  const named = groups.map((group, index) => {
    const { label, name } = chosen[index] ?? { label: nameless, name: nameless };
    return { label, name, aliases: aliasesOf({ group, label, labels, leaves, topics }) };
  });
  return withoutAmbiguous(named, labels);
}

/** An alias that means several fields, or is another's label, is none. */
function withoutAmbiguous(fields: readonly FieldName[], labels: ReadonlySet<string>): FieldName[] {
  const uses = new Map<string, number>();
  for (const { aliases } of fields) {
    for (const alias of new Set(aliases.map(foldLabel))) uses.set(alias, (uses.get(alias) ?? 0) + 1);
  }
  return fields.map((field) => ({
    ...field,
    aliases: field.aliases.filter(
      (alias) => uses.get(foldLabel(alias)) === 1 && !labels.has(foldLabel(alias)),
    ),
  }));
}

function chooseLabel({
  group,
  topics,
  columns,
}: {
  group: FieldGroup;
  topics: Topics;
  columns: UniqueNames;
}): { label: string; name: string } {
  const options = labelOptions(group, topics);
  const free = options.find((label) => {
    const name = toIdentifier(label);
    return name !== '' && !columns.has(name);
  });
  const label = free ?? options.at(-1) ?? nameless;
  return { label, name: columns.take(toIdentifier(label) || nameless) };
}

/** The folded label without headings that only order the document: fields of the same may be one. */
export function shortKey({ paths: [path], depth }: FieldGroup, topics: Topics): string {
  return path === undefined ? '' : joinParts(tellingParts({ path, depth, topics, parts: path.parts }));
}

function tellingParts({
  path,
  depth,
  topics,
  parts,
}: {
  path: LabelPath;
  depth: number;
  topics: Topics;
  parts: readonly string[];
}): string[] {
  const leaf = parts.length - 1;
  return parts.filter(
    (_, index) => index === leaf || (index >= parts.length - depth && tellsSomething(path, index, topics)),
  );
}

/** Labels from the shortest that may do to the longest. */
function labelOptions({ paths: [path], depth, qualified }: FieldGroup, topics: Topics): string[] {
  if (path === undefined) return [];
  const { raw } = path;
  const bare = raw.map((part, index) =>
    qualified === true && index === raw.length - 1 ? part : withoutQualifiers(part) || part,
  );
  const options: string[] = [];
  options.push(joinParts(tellingParts({ path, depth, topics, parts: bare })));
  for (let length = depth; length <= bare.length; length += 1) options.push(joinParts(bare.slice(-length)));
  options.push(joinParts([...bare.slice(-depth, -1), raw.at(-1) ?? '']));
  return options;
}

/** Whether the part at `index` is a label with sub-labels, or the heading of a topic. */
function tellsSomething(path: LabelPath, index: number, topics: Topics): boolean {
  return index >= path.raw.length - path.labelLength || topics.isTopic(path.parts.slice(0, index + 1));
}

const standForParent: ReadonlySet<string> = new Set([
  'name',
  'value',
  'amount',
  'figure',
  'number',
  'result',
  'reading',
  'measurement',
]);

/**
 * Labels that were joined into the field, its last label where no other field has it, what it is the whole of, and
 * the label with the heading above it.
 */
function aliasesOf({
  group,
  label,
  labels,
  leaves,
  topics,
}: {
  group: FieldGroup;
  label: string;
  labels: ReadonlySet<string>;
  leaves: ReadonlyMap<string, number>;
  topics: Topics;
}): string[] {
  const aliases = new Map<string, string>();
  const add = (alias: string): void => {
    const folded = foldLabel(alias);
    if (folded !== '' && folded !== foldLabel(label) && !aliases.has(folded)) aliases.set(folded, alias);
  };
  const isLabelled = !isSpoken(group);
  for (const path of group.paths) {
    // Several words that stand round a value in a sentence need not be about it, as those of a label are.
    if (isLabelled && path.sentence && /\s/.test(path.raw.at(-1) ?? '')) continue;
    const bare = path.raw.map((part) => withoutQualifiers(part) || part);
    add(joinParts(tellingParts({ path, depth: group.depth, topics, parts: bare })));
    const leaf = bare.at(-1) ?? '';
    const parent = bare.at(-2) ?? '';
    const folded = foldLabel(leaf);
    if (leaves.get(folded) === 1 && !isGeneric(folded)) add(leaf);
    const whole = meansWhole(folded) || standForParent.has(folded);
    if (group.depth > 1 && whole && parent !== '' && !labels.has(foldLabel(parent))) add(parent);
    if (aliases.size >= mostAliases) break;
  }
  // A question may name the topic: "electricity access" of "electrification - total population".
  const [main] = group.paths;
  if (main !== undefined && main.parts.length > 1 && tellsSomething(main, main.parts.length - 2, topics)) {
    add(joinParts(main.raw.slice(-2).map((part) => withoutQualifiers(part) || part)));
  }
  return [...aliases.values()].slice(0, mostAliases);
}
