import type { CatalogColumn } from '../../table/catalog.ts';
import type { Context } from '../grammar/context.ts';
import type { Group, Quantity } from '../grammar/meanings.ts';
import { plainColumn } from '../grammar/quantity-values.ts';
import { quantityOf } from '../grammar/terms.ts';
import { dateGroup, groupFor } from './grouping.ts';
import type { Free, Parts, Placed } from './parts.ts';
import type { Mark } from './piece.ts';
import { isTime, timesOf as allTimes } from './times.ts';

/** What a question asks for: rows, the values of a field, a number of them, or parts of the calendar. */
export interface Subject {
  readonly kind: 'rows' | 'label' | 'number' | 'none';
  /** The groups that a label makes. */
  readonly group: Group | null;
  readonly quantity: Quantity | null;
  /** The field's mention; null where only the question word says which. */
  readonly free: Free | null;
  readonly cost: number;
  readonly notes: readonly string[];
}

const nothing: Subject = { kind: 'none', group: null, quantity: null, free: null, cost: 0, notes: [] };
const rows: Subject = { ...nothing, kind: 'rows' };

const withinRowsCost = 0.15;
const halfNamed = 0.25;
const halfNamedCost = 0.3;
const prepositions: ReadonlySet<string> = new Set(['in', 'at', 'on', 'under', 'by', 'for', 'from']);

const openers: ReadonlySet<Mark> = new Set(['which', 'who', 'when', 'where', 'many', 'much', 'list', 'rank']);

/** The mark that asks. */
export const openerOf = ({ marks }: Parts): Placed<Mark> | null =>
  marks.find(({ value }) => openers.has(value)) ?? null;

/** What is asked for, in the order of likelihood. */
export function subjectsOf(parts: Parts): readonly Subject[] {
  const opener = openerOf(parts);
  if (opener?.value === 'who') return personsOf(parts, opener);
  if (opener?.value === 'where') return placesOf(parts);
  if (opener?.value === 'when') return timesOf(parts);
  const first = firstAfter(parts, opener);
  // "In which season" asks for a field where there is one.
  const isWithin =
    opener !== null &&
    [opener.start, opener.start - 1].some((at) => prepositions.has(parts.context.tokens[at]?.word ?? ''));
  if (first.kind === 'rows' && isWithin) return [{ ...first, cost: withinRowsCost }];
  return [isHalfNamed(parts, first) ? { ...first, cost: first.cost + halfNamedCost } : first];
}

/** Whether the words for what is asked leave out what tells a field from the rows: "processor" of "processor made". */
const isHalfNamed = ({ pieces }: Parts, { kind, free }: Subject): boolean =>
  kind === 'label' &&
  free !== null &&
  pieces.some(({ start, cost }) => start === free.start && cost >= halfNamed);

/** Whether the language puts what a question word asks for before it: "床位最多的医院是哪家". */
export const isHeadFinal = ({ context }: Pick<Parts, 'context'>): boolean =>
  context.tokens.some(({ word }) => /\p{Script=Han}/u.test(word));

/**
 * The first noun or field after the mark, but for values and superlatives that go with it; where none follows, the
 * one that the sentence leads to.
 */
function firstAfter(parts: Parts, opener: Placed<Mark> | null): Subject {
  const from = opener?.end ?? 0;
  const named = [
    ...kindsAsked(parts, opener),
    ...parts.nouns.map(({ start }) => ({ start, subject: rows })),
    ...parts.free
      .filter((free) => !qualifiesRows(parts, free))
      .map((free) => ({ start: free.start, subject: subjectOf(parts.context, free) })),
    ...parts.dateParts.map((piece) => ({ start: piece.start, subject: calendarSubject(parts, piece.start) })),
  ].toSorted((one, other) => one.start - other.start);
  // "最高的五家公司,从高到低列出": without a question word, what the words lead to.
  if (opener === null && isHeadFinal(parts)) return named.at(-1)?.subject ?? nothing;
  const other = isHeadFinal(parts) && opener !== null ? named.at(-1) : named[0];
  return named.find(({ start }) => start >= from)?.subject ?? other?.subject ?? nothing;
}

/** Whether the field says which of the rows are meant, whose noun follows: "the most expensive flat". */
const qualifiesRows = ({ superlatives, nouns }: Parts, { start, end }: Free): boolean =>
  superlatives.some((superlative) => superlative.end === start) && nouns.some((noun) => noun.start === end);

const kindAskers: ReadonlySet<string> = new Set(['which', 'what', 'many', 'of']);

/** "Which alkali metal has …", "how many vans": rows that are called by a value of theirs, with no other noun. */
function kindsAsked(
  { context: { tokens }, conditions, nouns, free, counts }: Parts,
  opener: Placed<Mark> | null,
): readonly { readonly start: number; readonly subject: Subject }[] {
  if (opener === null || !kindAskers.has(tokens[opener.end - 1]?.word ?? '')) return [];
  const from = counts.find(({ start }) => start === opener.end)?.end ?? opener.end;
  const asked = conditions.find(({ start, column }) => start === from && column !== null);
  if (asked === undefined || tokens.slice(asked.start, asked.end).some(({ capital }) => capital)) return [];
  // "Which spirit boils at …" asks for a spirit; "which spirit boiling point" would not.
  const isName = ({ start, value }: Free): boolean =>
    value.name
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .includes(tokens[start]?.word ?? '');
  const isFollowed =
    nouns.some(({ start }) => start === asked.end) ||
    free.some((each) => each.start === asked.end && isName(each));
  return isFollowed ? [] : [{ start: asked.start, subject: rows }];
}

function subjectOf(context: Context, free: Free): Subject {
  const { type } = free.value;
  const group = groupFor(context, free.value);
  const isLabel = ['category', 'text', 'list', 'boolean'].includes(type) || group !== null;
  return { ...nothing, kind: isLabel ? 'label' : 'number', group, quantity: free.value, free };
}

function calendarSubject({ context, dateParts, free }: Parts, start: number): Subject {
  const piece = dateParts.find((each) => each.start === start);
  if (piece === undefined) return nothing;
  // "哪一年开通的线路" of a field of years.
  const years = free.find(({ value }) => value.type === 'number' && isTime(context, value));
  if (piece.meaning.part === 'year' && years !== undefined && isHeadFinal({ context }))
    return subjectOf(context, years);
  const dated = dateGroup(context, piece.meaning.part, []);
  return dated === null ? nothing : { ...nothing, kind: 'label', group: dated.group, cost: dated.cost };
}

const personWords =
  /\b(?:name|person|manager|director|owner|author|artist|engineer|architect|designer|officer|inspector|supervisor|driver|pilot|captain|coach|player|scorer|lead|leader|head|chair\w*|president|ceo|chief|judge|lawyer|attorney|doctor|physician|surgeon|nurse|teacher|professor|instructor|lecturer|coordinator|contact|agent|adjuster|clerk|reviewer|editor|customer|client|patient|tenant|buyer|seller|holder|policyholder|member|winner|champion|commander|responder|reporter|investigator|analyst|planner|builder|operator|contractor|supplier|sponsor|donor|applicant|assignee|requester|keeper|curator|guide|ranger|founder|mayor|minister|chef|host|principal)\b|长$|人$|者$|员$|师$|经理|董事|总裁|主任|教授|医生|律师|会计师$|设计师|工程师|作者|导演|姓名/i;
const personNouns: ReadonlySet<string> = new Set(
  'person people employee staff patient student player athlete customer member driver candidate teacher author artist rider worker politician minister senator pilot nurse doctor scientist actor director singer volunteer resident'.split(
    ' ',
  ),
);
const personName =
  /^(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir|Rev|Capt)\.?\s)?(?:\p{Lu}[\p{L}'’-]*\.?\s){1,3}\p{Lu}[\p{L}'’-]+$/u;

const sortWords = /\b(?:type|kind|category|class|status|group|level|rating|score|share|count|sector)$/i;

const namesPersons = (column: CatalogColumn | null): number => {
  if (column === null) return 0;
  if (column.type !== 'category' && column.type !== 'text') return 0;
  // "Owner type" names none.
  if (sortWords.test(column.label.replaceAll('_', ' '))) return 0;
  const samples =
    column.values.length > 0 ? column.values.slice(0, 12).map(({ value }) => value) : column.examples;
  const areNames = samples.length > 0 && samples.every((each) => personName.test(each) && each.length < 40);
  return (personWords.test(column.label.replaceAll('_', ' ')) ? 2 : 0) + (areNames ? 1 : 0);
};

/** The rows, where they are persons, or a field that names persons. */
function personsOf(parts: Parts, opener: Placed<Mark>): readonly Subject[] {
  const { context, free } = parts;
  const { table } = context;
  // "中标供应商是谁": the field that the question word stands behind.
  const last = free.findLast(({ end }) => end <= opener.start);
  if (isHeadFinal(parts) && last !== undefined && ['category', 'text'].includes(last.value.type))
    return [subjectOf(context, last)];
  const named = free.filter(
    ({ value }) => value.expression.kind === 'column' && namesPersons(plainColumn(context, value)) > 0,
  );
  const first = named.find(({ start }) => start >= opener.end) ?? named[0];
  if (first !== undefined) return [subjectOf(context, first)];
  if (table.nouns.some((noun) => personNouns.has(noun))) return [rows];
  const others = table.columns
    .map((column) => ({ column, score: namesPersons(column) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score);
  const best = others.filter(({ score }) => score === others[0]?.score);
  return best.slice(0, 4).map(({ column }) => asked(context, column, best.length === 1 ? 0.15 : 0.3));
}

const placeWords =
  /\b(?:location|place|city|town|village|country|region|province|state|county|district|address|headquarters|site|venue|area|port|campus|borough|ward|neighbou?rhood|base|island|street)\b|地$|城市|省|市$|县|区$|镇|国家|地址|位置|地点|港/i;

function placesOf(parts: Parts): readonly Subject[] {
  const { context, free } = parts;
  const named = free.find(({ value }) => placeWords.test(value.name) && value.type !== 'number');
  if (named !== undefined) return [subjectOf(context, named)];
  // Of places, "where" asks for the place itself.
  if (context.table.nouns.some((noun) => placeWords.test(noun))) return [rows];
  const places = context.table.columns.filter(
    ({ label, type }) =>
      placeWords.test(label.replaceAll('_', ' ')) && (type === 'category' || type === 'text'),
  );
  return places.slice(0, 3).map((column) => asked(context, column, places.length === 1 ? 0.1 : 0.3));
}

function timesOf(parts: Parts): readonly Subject[] {
  const { context, free } = parts;
  const named = free.filter(({ value }) => isTime(context, value));
  if (named.length > 0)
    return named.map((each) => ({ ...nothing, kind: 'number' as const, quantity: each.value, free: each }));
  const times = allTimes(context);
  return times.slice(0, 3).map((quantity) => ({
    ...nothing,
    kind: 'number' as const,
    quantity,
    cost: times.length === 1 ? 0.1 : 0.3,
    notes: [`taken to be about "${quantity.name}"`],
  }));
}

function asked(context: Context, column: CatalogColumn, cost: number): Subject {
  const quantity = quantityOf(column);
  return {
    ...nothing,
    kind: 'label',
    group: groupFor(context, quantity),
    quantity,
    cost,
    notes: [`taken to ask for "${column.label}"`],
  };
}
