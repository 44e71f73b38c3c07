import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PromptStore, takeApart } from '../../strategies/index.ts';
import type { DatasetContent, DatasetItem } from '../dataset-item.ts';
import { publishedAnswer } from '../published-answer.ts';
import type { CorpusOfQuestions, QuestionGroup, RunQuestion } from './question-group.ts';
import { writerName } from './writer-name.ts';

export interface DatasetChoice {
  /** Length classes, as the data set names them; absent: all. */
  readonly sets?: readonly string[] | undefined;
  readonly languages?: readonly string[] | undefined;
  /** Questions at most: the first ones. */
  readonly limit?: number | undefined;
}

export interface DatasetGroups {
  readonly groups: readonly QuestionGroup[];
  /** Takes away what was laid aside. */
  close(): Promise<void>;
}

/** What documents are read into is kept so long, for a run that goes on. */
const keptMilliseconds = 30 * 24 * 3_600_000;
const charactersPerToken = 4;

/**
 * The chosen questions of a published data set, each with its own documents. Their texts are laid aside on disk until they
 * are asked about, since a data set may be larger than memory.
 *
 * @param options.folder where documents are kept that strategies read into a store.
 */
export async function datasetGroups({
  items,
  choice,
  folder,
  signal,
}: {
  items: AsyncIterable<DatasetItem>;
  choice: DatasetChoice;
  folder: string;
  signal?: AbortSignal | undefined;
}): Promise<DatasetGroups> {
  await mkdir(folder, { recursive: true });
  const aside = await mkdtemp(join(folder, 'items-'));
  const stores = new Map<string | null, PromptStore>();
  const storeOf = (writer: string | null): PromptStore => {
    const name = writer === null ? 'prompts' : `prompts-${writerName(writer)}`;
    const store =
      stores.get(writer) ??
      new PromptStore({ folder: join(folder, name), maximumAgeMilliseconds: keptMilliseconds });
    stores.set(writer, store);
    return store;
  };
  const close = (): Promise<void> => rm(aside, { recursive: true, force: true });
  const groups: QuestionGroup[] = [];
  try {
    for await (const item of items) {
      signal?.throwIfAborted();
      if (groups.length >= (choice.limit ?? Number.POSITIVE_INFINITY)) break;
      if (!isChosen(item, choice)) continue;
      const file = join(aside, `${groups.length}.json`);
      const text = JSON.stringify(item.content);
      await writeFile(file, text);
      const load = async (): Promise<DatasetContent> => JSON.parse(await readFile(file, 'utf8'));
      groups.push({
        name: item.set ?? item.domain,
        tokens: Math.round(text.length / charactersPerToken),
        questions: [toQuestion(item, load)],
        open: async (writer) =>
          await openDocuments({ content: await load(), store: storeOf(writer), signal }),
      });
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { groups, close };
}

function isChosen({ set, language }: DatasetItem, { sets, languages }: DatasetChoice): boolean {
  if (sets !== undefined && (set === undefined || !sets.includes(set))) return false;
  return languages === undefined || (language !== undefined && languages.includes(language));
}

function toQuestion(item: DatasetItem, load: () => Promise<DatasetContent>): RunQuestion {
  const { id, question, answer, aliases, answerType, metric, domain, instructions, requiredPrefix } = item;
  return {
    id,
    question,
    answer: typeof answer === 'string' ? publishedAnswer({ answer, answerType }) : JSON.stringify(answer),
    domain,
    metric,
    ...(item.set !== undefined && { set: item.set }),
    ...(item.language !== undefined && { language: item.language }),
    ...(item.difficulty !== undefined && { difficulty: item.difficulty }),
    ...(answerType !== undefined && { answer_type: answerType }),
    ...(aliases !== undefined && { aliases: [...aliases] }),
    ...(requiredPrefix !== undefined && { required_prefix: requiredPrefix }),
    isOwnTruth: false,
    instructions,
    ...(item.content.kind === 'messages' && {
      messages: async () => {
        const content = await load();
        return content.kind === 'messages' ? content.messages : [];
      },
    }),
  };
}

/** The documents of an item as a corpus; those of a whole prompt are taken out of it, as the server does. */
async function openDocuments({
  content,
  store,
  signal,
}: {
  content: DatasetContent;
  store: PromptStore;
  signal: AbortSignal | undefined;
}): Promise<CorpusOfQuestions> {
  const { documents, instructions } =
    content.kind === 'documents'
      ? { documents: content.documents.map(({ title, text }) => ({ name: title, text })), instructions: null }
      : takeApart({ messages: content.messages.map(({ role, content: text }) => ({ role, text })) });
  const corpus = await store.open(documents, { signal });
  return {
    corpus,
    ...(instructions !== null && { instructions }),
    documentId: (path) => path,
    quote: () => undefined,
    close: () => corpus.close(),
  };
}
