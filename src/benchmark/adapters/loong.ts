import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { BenchmarkError } from '../benchmark-error.ts';
import type { DatasetDocument } from '../dataset-item.ts';
import { checkRecord, type DatasetAdapter } from './dataset-adapter.ts';
import { readRecords } from './read-records.ts';

const label = z.union([z.string(), z.number()]).transform(String);
const schema = z.looseObject({
  id: label,
  type: z.enum(['financial', 'paper', 'legal']),
  set: label,
  level: label,
  /** Names of documents in the folder `doc` beside the file. */
  doc: z.array(z.string()),
  question: z.string(),
  instruction: z.string(),
  answer: z.json(),
});

type LoongLine = z.infer<typeof schema>;

const judgements = z.record(z.string(), z.looseObject({ content: z.string(), result: z.string() }));
/** Beginning of the questions that ask which result belongs to which judgement: the results are not shown then. */
const resultsAsked = '阅读以上判决文书，我将给你若干份判决结果：';

/**
 * Loong (`loong.jsonl`, with its folder `doc`): reports (`doc/financial/*.txt`), papers (`doc/paper/NAME`) and judgements
 * (`doc/legal/legal.json`). Published scores are those of a judge from 1 to 100; here answers are scored by type, and a
 * judge decides what that leaves open.
 */
export const loong: DatasetAdapter = {
  name: 'loong',
  summary:
    'Loong, loong.jsonl with the folder doc beside it (type, level, set, doc, question, instruction, answer)',
  async *read(path) {
    const library = new LoongLibrary(join(dirname(path), 'doc'));
    for await (const record of readRecords(path)) {
      const line = checkRecord({ schema, record, path, dataset: 'Loong' });
      const documents: DatasetDocument[] = [];
      for (const [index, name] of line.doc.entries())
        documents.push(await library.read(line, { name, index }));
      yield {
        id: line.id,
        question: [line.instruction, line.question].filter((part) => part.trim() !== '').join('\n'),
        content: { kind: 'documents', documents },
        answer: typeof line.answer === 'string' ? line.answer : JSON.stringify(line.answer),
        metric: 'typed',
        domain: line.type,
        difficulty: `level ${line.level}`,
        set: `set ${line.set}`,
      };
    }
  },
};

interface Place {
  readonly name: string;
  readonly index: number;
}

/** The documents of Loong, found as its own evaluation finds them. */
class LoongLibrary {
  readonly #folder: string;
  #reports: readonly string[] | null = null;
  #judgements: z.infer<typeof judgements> | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(line: LoongLine, place: Place): Promise<DatasetDocument> {
    try {
      if (line.type === 'legal') return await this.#judgement(line, place);
      if (line.type === 'financial') return await this.#report(line, place);
      const text = await readFile(join(this.#folder, 'paper', place.name), 'utf8');
      const [title = ''] = text.split('\n', 1);
      return { title: title.replace(/^#+/u, '').trim(), text };
    } catch (error) {
      throw new BenchmarkError({
        message: `The document ${place.name} of question ${line.id} is not in ${join(this.#folder, line.type)}.`,
        remedy: 'Unpack the documents of Loong into the folder doc beside its file of questions.',
        cause: error,
      });
    }
  }

  /** The first report whose name holds the document's, of 2024 but at level 4. */
  async #report({ level }: LoongLine, { name }: Place): Promise<DatasetDocument> {
    const folder = join(this.#folder, 'financial');
    this.#reports ??= (await readdir(folder)).toSorted();
    const wanted = level.trim() === '4' ? name : `2024-${name}`;
    const file = this.#reports.find((each) => each.endsWith('.txt') && each.includes(wanted));
    if (file === undefined) throw new Error(`no file *${wanted}*.txt`);
    const title =
      file
        .replace(/\.txt$/u, '')
        .split('-')
        .at(-1) ?? file;
    return { title: `《${title}》`, text: await readFile(join(folder, file), 'utf8') };
  }

  async #judgement({ level, instruction }: LoongLine, { name, index }: Place): Promise<DatasetDocument> {
    this.#judgements ??= judgements.parse(
      JSON.parse(await readFile(join(this.#folder, 'legal', 'legal.json'), 'utf8')),
    );
    const found = this.#judgements[name];
    if (found === undefined) throw new Error(`no judgement ${name}`);
    const hidesResult = level === '4' && instruction.includes(resultsAsked);
    return {
      title: `《判决文书${index + 1}》`,
      text: hidesResult ? found.content : found.content + found.result,
    };
  }
}
