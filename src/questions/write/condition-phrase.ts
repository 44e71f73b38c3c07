import type { Predicate } from '../plan.ts';
import { comparisonCondition, rangeCondition } from './comparison-phrase.ts';
import { alternatives } from './normal-form.ts';
import { columnPhrase, withArticle } from './nouns.ts';
import { datePhrase } from './numbers.ts';
import { dateComparisonWords } from '../vocabulary.ts';
import { takeTrends } from './trend-phrase.ts';
import { NoWordingError, type Condition, type Wording } from './wording.ts';

/** Conditions as they follow a noun: `with a population above 5 and whose region is North`. */
export function restrictorPhrase(predicate: Predicate, wording: Wording): string {
  return alternatives(predicate)
    .map((all) =>
      joined(
        conditions(all, wording).map((part) => restrictor(part, wording)),
        'and',
      ),
    )
    .join(' or ');
}

/** Conditions as they follow a plural subject: `have a population above 5`; null where only "whose" fits. */
export function verbPhrase(predicate: Predicate, wording: Wording): string | null {
  const lists = alternatives(predicate).map((all) => {
    const [first, ...others] = conditions(all, wording);
    const verb = first === undefined ? null : verbForm(first);
    if (verb === null) return null;
    return joined([verb, ...others.map((other) => further(other, wording))], 'and');
  });
  return lists.includes(null) ? null : lists.join(' or ');
}

function conditions(all: readonly Predicate[], wording: Wording): readonly Condition[] {
  const { trends, others } = takeTrends(all, wording);
  return [...others.map((part) => condition(part, wording)), ...trends];
}

function joined(parts: readonly string[], word: 'and' | 'or'): string {
  return parts.length < 3
    ? parts.join(` ${word} `)
    : `${parts.slice(0, -1).join(', ')} ${word} ${parts.at(-1) ?? ''}`;
}

const openers = { have: 'with', clause: 'whose', being: 'that are', verb: 'that' } as const;

/** One form of the condition behind a noun; the first that it has is its plainest. */
function restrictor(part: Condition, { choose }: Wording): string {
  const forms = (['have', 'clause', 'being', 'verb'] as const)
    .flatMap((form) => (part[form] === undefined ? [] : [{ form, text: `${openers[form]} ${part[form]}` }]))
    .toSorted((one, other) => Number(other.form === part.plainest) - Number(one.form === part.plainest))
    .map(({ text }) => text);
  const [first, ...others] = forms;
  if (first === undefined) throw new NoWordingError('a condition');
  return choose([first, ...others]);
}

/** A condition behind "and": a bare verb would read like a request ("… and state an area"). */
function further(part: Condition, wording: Wording): string {
  return part.verb === undefined ? (verbForm(part) ?? restrictor(part, wording)) : restrictor(part, wording);
}

function verbForm({ have, being, verb }: Condition): string | null {
  if (have !== undefined) return `have ${have}`;
  if (being !== undefined) return `are ${being}`;
  return verb ?? null;
}

function condition(predicate: Predicate, wording: Wording): Condition {
  const not = 'negated' in predicate && predicate.negated === true ? 'not ' : '';
  switch (predicate.kind) {
    case 'compare':
      return comparisonCondition(predicate, wording);
    case 'between':
      return rangeCondition(predicate, wording);
    case 'is': {
      const values = joined(predicate.values.map(nameText), 'or');
      const column = words(predicate.column, wording);
      return not === ''
        ? { clause: `${column} is ${values}`, have: `${column} ${values}`, plainest: 'clause' }
        : { clause: `${column} is not ${values}` };
    }
    case 'contains':
      return containsCondition(predicate, wording);
    case 'date':
      return dateCondition(predicate, wording);
    case 'boolean': {
      const column = words(predicate.column, wording);
      return { have: predicate.value ? withArticle(column) : `no ${column}` };
    }
    case 'stated': {
      if (predicate.period !== undefined) throw new NoWordingError('a value stated for an earlier period');
      const column = withArticle(words(predicate.column, wording));
      return {
        verb: not === '' ? `state ${column}` : wording.choose([`lack ${column}`, `do not state ${column}`]),
      };
    }
    case 'entity': {
      const names = joined(predicate.names.map(nameText), not === '' ? 'or' : 'and');
      return not === ''
        ? { being: `one of ${joined(predicate.names.map(nameText), 'and')}` }
        : { being: `other than ${names}` };
    }
    case 'among':
      return { being: `${not}among ${wording.rows(predicate.selection)}` };
    case 'and':
    case 'or':
    case 'not':
      throw new NoWordingError('conditions within conditions');
  }
}

/** The words for a column that a predicate names. */
function words(name: string, wording: Wording): string {
  const column = wording.column(name);
  return column === null ? wording.table.key.replaceAll('_', ' ') : columnPhrase(column, wording.table);
}

/** A name or category value as it is; in quotation marks where the sentence would swallow it. */
export function nameText(name: string): string {
  return /^[\p{Lu}\p{N}][\p{L}\p{N}'.&-]*(?: [\p{Lu}\p{N}][\p{L}\p{N}'.&-]*)*$/u.test(name)
    ? name
    : `"${name}"`;
}

function containsCondition(
  predicate: Predicate & { readonly kind: 'contains' },
  wording: Wording,
): Condition {
  const column = words(predicate.column, wording);
  const text = `"${predicate.text}"`;
  const plural = wording.column(predicate.column)?.type === 'list' && column.endsWith('s');
  const does = plural ? '' : 's';
  const verb = { start: 'start', end: 'end', anywhere: 'contain' }[predicate.at ?? 'anywhere'];
  const with_ = predicate.at === undefined ? '' : ' with';
  return predicate.negated === true
    ? { clause: `${column} ${plural ? 'do' : 'does'} not ${verb}${with_} ${text}` }
    : { clause: `${column} ${verb}${does}${with_} ${text}` };
}

function dateCondition(predicate: Predicate & { readonly kind: 'date' }, wording: Wording): Condition {
  const { comparison, date } = predicate;
  const column = words(predicate.column, wording);
  const isDay = date.length > 7;
  const how = comparison === '=' && isDay ? 'on' : wording.choose(dateComparisonWords[comparison]);
  const when = `${how} ${datePhrase(date, wording)}`;
  // "founded after 2010" reads better than "whose founded is after 2010".
  return /^\p{L}+ed$/u.test(column) && comparison !== '!='
    ? { being: `${column} ${when}` }
    : { clause: `${column} is ${when}` };
}
