import { nameStatement } from './attribute-statement.ts';
import type { AttributeContext } from './attribute-statement.ts';
import { isCapitalised, wordsBefore } from './document-subject.ts';
import { isHedged, isNegated } from './hedging.ts';
import { readName, readShortWords } from './names.ts';
import { labelOf, readSubject } from './noun-phrases.ts';
import { readParticiple } from './participles.ts';
import type { SentenceStatement } from './statement-value.ts';
import { copulas, isParticiple, possessives } from './words.ts';

/** Reads the attributes that a sentence gives its subject in words: capitals, founders, dates, places. */
export function readAttributes(context: AttributeContext): SentenceStatement[] {
  const { sentence } = context;
  const found: SentenceStatement[] = [];
  for (const [index, token] of sentence.tokens.entries()) {
    if (token.kind !== 'word') continue;
    const read = isParticiple(token.lower)
      ? readParticiple(context, index)
      : copulas.has(token.lower)
        ? readNamed(context, index)
        : [];
    if (read.length > 0 && !isHedged(sentence, index) && !isNegated(sentence, index)) found.push(...read);
  }
  found.push(...readApposition(context));
  return found;
}

/** "Its capital is Lima", "The company's chief executive is Jane Doe". */
function readNamed(context: AttributeContext, index: number): SentenceStatement[] {
  const { sentence, subject } = context;
  const { capitals } = sentence;
  const phrase = wordsBefore(sentence, index);
  const read = readSubject(phrase, subject, sentence);
  if (read === null || read.isDocument || read.words.length > 4) return [];
  const own = phrase.some(
    (word) => possessives.has(word.lower) || /['’]s?$/.test(word.text) || word.lower === 'of',
  );
  const definite = phrase[0]?.lower === 'the';
  if (!own && !definite) return [];
  const start = phrase[0]?.start ?? sentence.start;
  const label = labelOf(read.words, capitals);
  const name = readName(sentence, index + 1, true) ?? (own ? readShortWords(sentence, index + 1) : null);
  return name === null ? [] : [nameStatement(context, { label, start, name })];
}

/** "Its capital, Lima, …". */
function readApposition(context: AttributeContext): SentenceStatement[] {
  const { sentence } = context;
  const { tokens, capitals } = sentence;
  const found: SentenceStatement[] = [];
  for (const [index, token] of tokens.entries()) {
    if (sentence.foreign || token.kind !== 'word' || !/^(?:its|their)$/.test(token.lower)) continue;
    const comma = tokens.findIndex((each, at) => at > index && each.text === ',');
    if (comma < 0 || comma - index > 5 || comma - index < 2) continue;
    const words = tokens.slice(index + 1, comma);
    const name = readName(sentence, comma + 1, false);
    const after = name === null ? undefined : tokens[name.end];
    if (name === null || after?.text !== ',' || isHedged(sentence, index)) continue;
    if (
      !words.every((word) => word.kind === 'word' && !isCapitalised(word.text) && !isParticiple(word.lower))
    )
      continue;
    found.push(nameStatement(context, { label: labelOf(words, capitals), start: token.start, name }));
  }
  return found;
}
