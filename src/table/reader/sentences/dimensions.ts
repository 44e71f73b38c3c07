import { isAboutDocument } from './document-subject.ts';
import { linkBefore, statement, subjectPhrase } from './links.ts';
import type { MeasureContext } from './links.ts';
import { labelOf, readSubject } from './noun-phrases.ts';
import type { Token } from './sentence.ts';
import type { SentenceStatement } from './statement-value.ts';

/** Adjectives of measures with their attribute. */
export const dimensions: ReadonlyMap<string, string> = new Map([
  ['tall', 'height'],
  ['high', 'height'],
  ['long', 'length'],
  ['wide', 'width'],
  ['broad', 'width'],
  ['deep', 'depth'],
  ['thick', 'thickness'],
  ['old', 'age'],
  ['heavy', 'weight'],
]);

/** Verbs whose object is a measure of the document's subject. */
const measureVerbs: ReadonlyMap<string, readonly [string, RegExp]> = new Map([
  ['weighs', ['weight', /^(?:m?g|kg|t|lb|oz|tons)$/]],
  ['weighed', ['weight', /^(?:m?g|kg|t|lb|oz|tons)$/]],
  ['costs', ['cost', /^[A-Z]{3}$/]],
  ['cost', ['cost', /^[A-Z]{3}$/]],
  ['covers', ['area', /^(?:sq |ha$|acres$)/]],
  ['covered', ['area', /^(?:sq |ha$|acres$)/]],
  ['occupies', ['area', /^(?:sq |ha$|acres$)/]],
  ['spans', ['length', /^(?:k?m|mi|ft)$/]],
]);

/** The verb of "is 73 cm tall and 92 cm wide" for any of its measures; -1 where there is none. */
function dimensionVerb(tokens: readonly Token[], index: number): number {
  const link = linkBefore(tokens, index);
  if (link !== null) return link.verb;
  const before = tokens[index - 1];
  if (before === undefined) return -1;
  if (/^(?:stands|stood|measures|measured)$/.test(before.lower)) return index - 1;
  const isJoined = before.lower === 'and' || before.text === ',';
  const first = index - (isJoined && tokens[index - 2]?.text === ',' ? 4 : 3);
  return isJoined && dimensions.has(tokens[first + 1]?.lower ?? '') ? dimensionVerb(tokens, first) : -1;
}

/** "The tower is 330 metres tall". */
export function readDimension(context: MeasureContext, index: number): SentenceStatement | null {
  const { sentence, subject } = context;
  const { tokens, capitals } = sentence;
  const attribute = dimensions.get(tokens[index + 1]?.lower ?? '');
  if (attribute === undefined || tokens[index]?.number?.unitKind !== 'measure') return null;
  const verb = dimensionVerb(tokens, index);
  if (verb < 0) return null;
  const phrase = subjectPhrase(tokens, verb);
  const read = readSubject(phrase, subject, sentence);
  const start = (phrase[0] ?? tokens[verb])?.start;
  if (read === null || start === undefined) return null;
  const label = read.isDocument ? attribute : `${labelOf(read.words, capitals)} ${attribute}`;
  return statement(context, { label, index, start, end: index + 1 });
}

/** "It weighs 5 kg", "the park covers 500 hectares". */
export function readVerb(context: MeasureContext, index: number): SentenceStatement | null {
  const { sentence, subject } = context;
  const before = sentence.tokens[index - 1];
  const rule = measureVerbs.get(before?.lower ?? '');
  const unit = sentence.tokens[index]?.number?.unit ?? '';
  if (rule === undefined || !rule[1].test(unit) || !isAboutDocument(sentence, index - 1, subject))
    return null;
  return statement(context, { label: rule[0], index, start: before?.start ?? sentence.start });
}
