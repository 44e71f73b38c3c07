import type { Tokenizer } from '../../corpus/index.ts';
import { corpusQaDocument, corpusQaQuestion, type Passage } from '../../models/prompts/index.ts';
import type { LoadedPassage } from './load-passages.ts';

/** Stands where text between two passages of a document was left out. */
const gap = '[…]';

export interface FilledPrompt {
  readonly prompt: string;
  readonly tokens: number;
  /** The passages in it, best first. */
  readonly passages: readonly LoadedPassage[];
}

/**
 * Fills CorpusQA's prompt with passages up to a number of tokens: the best that fit. In the prompt they stand in the
 * order of the documents, and those of a document together as one document: a model then reads whole runs where
 * neighbours were found, tables and lists of steps stay in order, and answers get better with it the more passages
 * there are (T. Yu, A. Xu and R. Akkiraju, In Defense of RAG in the Era of Long-Context Language Models, 2024).
 */
export function fillPrompt({
  passages,
  question,
  instructions,
  tokenizer,
  maximumTokens,
}: {
  passages: readonly LoadedPassage[];
  question: string;
  instructions?: string | undefined;
  tokenizer: Tokenizer;
  maximumTokens: number;
}): FilledPrompt {
  const end = corpusQaQuestion(question, instructions);
  const write = (chosen: readonly LoadedPassage[]): string =>
    [...toDocuments(chosen).map((document, index) => corpusQaDocument(index + 1, document)), end].join('');
  const chosen = bestThatFit({ passages, tokenizer, maximumTokens: maximumTokens - tokenizer.count(end) });
  // Parts joined have hardly ever more tokens than apart; where they do, the last ones go.
  for (;;) {
    const prompt = write(chosen);
    const tokens = tokenizer.count(prompt);
    if (tokens <= maximumTokens || chosen.length === 0) return { prompt, tokens, passages: chosen };
    chosen.pop();
  }
}

function bestThatFit({
  passages,
  tokenizer,
  maximumTokens,
}: {
  passages: readonly LoadedPassage[];
  tokenizer: Tokenizer;
  maximumTokens: number;
}): LoadedPassage[] {
  const chosen: LoadedPassage[] = [];
  const documents = new Set<string>();
  let tokens = 0;
  for (const passage of passages) {
    const { document, title, context, quote } = passage;
    const frame = documents.has(document)
      ? `\n\n${gap}\n\n`
      : corpusQaDocument(passages.length, { title, text: '', continued: true });
    const added = tokenizer.count(frame) + tokenizer.count(context + quote);
    if (tokens + added > maximumTokens) continue;
    tokens += added;
    documents.add(document);
    chosen.push(passage);
  }
  return chosen;
}

function toDocuments(passages: readonly LoadedPassage[]): Passage[] {
  const ordered = passages.toSorted(
    (left, right) => left.documentPlace - right.documentPlace || left.start - right.start,
  );
  return [...Map.groupBy(ordered, ({ document }) => document).values()].map((own) => ({
    title: own[0]?.title ?? '',
    text: joinPassages(own),
    continued: (own[0]?.start ?? 0) > 0,
  }));
}

/** Neighbours become one run; where there is a gap, it is marked, and what follows is headed by what it stands under. */
function joinPassages(passages: readonly LoadedPassage[]): string {
  let text = '';
  let end: number | null = null;
  for (const { start, end: nextEnd, context, quote } of passages) {
    if (start === end) text += quote;
    else text += `${text === '' ? '' : `\n\n${gap}\n\n`}${context}${quote}`;
    end = nextEnd;
  }
  return text;
}
