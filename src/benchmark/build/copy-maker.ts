import { createHash } from 'node:crypto';
import { basename, dirname, extname, join } from 'node:path';
import type { Tokenizer } from '../../corpus/index.ts';
import type { Value } from '../../questions/index.ts';
import { passageTitle, type CatalogColumn, type OpenCorpus, type StoredDocument } from '../../table/index.ts';
import { CopiedText, type TextCopy } from '../counterfactual/copied-text.ts';
import type { SetDocument } from './choose-sets.ts';
import { firstReading, type ConsensusRule } from './consensus.ts';
import { promptTokens, type SourceDocument } from './document-source.ts';
import { fold, LabelledText } from './labelled-text.ts';
import { isReadAgain } from './second-reading.ts';
import { statedNumbers, type StatedNumbers } from './stated-numbers.ts';
import type { StatedValue, TruthEntity, TruthTable } from './truth-table.ts';

/** A copy of an entity, by its new name. */
export interface Copy {
  readonly entity: TruthEntity<StatedValue>;
  readonly name: string;
  readonly seed: string;
}

/** What one document of a copy comes to. */
interface CopiedDocument {
  readonly id: string;
  readonly original: string;
  readonly tokens: number;
  /** By column: what is certain there, and where it stands now. */
  readonly values: ReadonlyMap<string, { readonly value: Value; readonly source: StatedValue }>;
  readonly inPrompt: number;
}

/** Makes copies of documents, and makes their texts again when they are asked for. */
export class CopyMaker {
  /** What copies are about of which all is certain. */
  readonly entities: TruthEntity[] = [];
  readonly documents = new Map<string, SetDocument>();
  readonly #corpus: OpenCorpus;
  readonly #tokenizer: Tokenizer;
  readonly #truth: TruthTable<StatedValue>;
  readonly #consensus: ConsensusRule;
  readonly #seed: string;
  readonly #signal: AbortSignal | undefined;
  readonly #columns: ReadonlyMap<string, CatalogColumn>;
  readonly #copyOf = new Map<
    string,
    { readonly original: string; readonly copy: Copy; readonly tokens: number }
  >();
  #numbers: StatedNumbers | null = null;

  constructor({
    corpus,
    tokenizer,
    truth,
    consensus,
    seed,
    signal,
  }: {
    corpus: OpenCorpus;
    tokenizer: Tokenizer;
    truth: TruthTable<StatedValue>;
    consensus: ConsensusRule;
    seed: string;
    signal: AbortSignal | undefined;
  }) {
    this.#corpus = corpus;
    this.#tokenizer = tokenizer;
    this.#truth = truth;
    this.#consensus = consensus;
    this.#seed = seed;
    this.#signal = signal;
    this.#columns = new Map(truth.table.columns.map((column) => [column.name, column]));
  }

  /**
   * Makes copies, and keeps those of which all is certain.
   *
   * @returns how many tokens those have in a prompt.
   */
  async make(copies: readonly Copy[], onProgress: (done: number, total: number) => void): Promise<number> {
    const waiting = new Map<Copy, CopiedDocument[]>();
    const ofDocument = byDocument(copies);
    let done = 0;
    let tokens = 0;
    for await (const { document, textFor } of this.#originals(ofDocument.keys())) {
      for (const copy of ofDocument.get(document.id) ?? []) {
        const copied = this.#copy({ document, copy, text: textFor(copy) });
        done += 1;
        if (copied === null) continue;
        const all = [...(waiting.get(copy) ?? []), copied];
        if (all.length < copy.entity.documents.length) waiting.set(copy, all);
        else {
          waiting.delete(copy);
          tokens += this.#keep(copy, all);
        }
      }
      onProgress(done, copies.length);
    }
    return tokens;
  }

  /** The copies among the documents, with their texts. */
  async *texts(ids: readonly string[], signal: AbortSignal | undefined): AsyncGenerator<SourceDocument> {
    const wanted = ids.flatMap((id) => {
      const known = this.#copyOf.get(id);
      return known === undefined ? [] : [{ id, ...known }];
    });
    const ofDocument = Map.groupBy(wanted, ({ original }) => original);
    for await (const { document, textFor } of this.#originals(ofDocument.keys())) {
      signal?.throwIfAborted();
      for (const { id, copy, tokens } of ofDocument.get(document.id) ?? []) {
        const { text, title } = textFor(copy);
        const { path, format } = document;
        const hash = createHash('sha256').update(`${title}\0${text.text}`).digest('hex');
        yield { id, title, source: path, text: text.text, format, tokens, hash, counterfactual: true };
      }
    }
  }

  /** Originals with what makes their copies. */
  async *#originals(ids: Iterable<string>) {
    this.#numbers ??= await statedNumbers(this.#corpus);
    const { ofDocument, ranges } = this.#numbers;
    for await (const document of this.#corpus.documents({ ids: [...ids], signal: this.#signal })) {
      const templates = new Map<string, CopiedText>();
      const textFor = ({ entity, name, seed }: Copy): NewText => {
        const names = namesOf(document, entity);
        let template = templates.get(entity.key);
        if (template === undefined) {
          const numbers = ofDocument.get(document.id) ?? [];
          template = new CopiedText({ text: document.text, numbers, ranges, names });
          templates.set(entity.key, template);
        }
        const text = template.copy({ newName: name, seed: `${this.#seed}/${seed}` });
        const path = copyPath(writtenPath(document), names, name);
        // The title is the new name: a document that states none is headed by the name of what it is about.
        return { path, title: name, text };
      };
      yield { document, textFor };
    }
  }

  /** What is certain of one document of a copy; null where something is not that the original is certain of. */
  #copy({
    document,
    copy: { entity },
    text: { path, title, text },
  }: {
    document: StoredDocument;
    copy: Copy;
    text: NewText;
  }): CopiedDocument | null {
    const labelled = new LabelledText(text.text);
    const values = new Map<string, { value: Value; source: StatedValue }>();
    for (const [name, source] of entity.sources) {
      if (source.document !== document.id) continue;
      const column = this.#columns.get(name.replace(/@.*$/, ''));
      const value = valueInCopy(entity.row[name] ?? null, source, text);
      if (column === undefined || value === null) return null;
      const isCertain =
        this.#consensus === 'one' ||
        source.isRepeated ||
        isReadAgain(firstReading(value, source, column), labelled);
      if (!isCertain) return null;
      values.set(name, { value, source: { ...source, document: path, ...placesInCopy(source, text) } });
    }
    const tokens = this.#tokenizer.count(text.text);
    const inPrompt = promptTokens({ title, text: text.text, tokens, tokenizer: this.#tokenizer });
    return { id: path, original: document.id, tokens, values, inPrompt };
  }

  #keep(copy: Copy, documents: readonly CopiedDocument[]): number {
    const { name } = copy;
    const row: Record<string, Value> = { [this.#truth.table.key]: name };
    const sources = new Map<string, StatedValue>();
    for (const { values } of documents) {
      for (const [column, { value, source }] of values) {
        row[column] = value;
        sources.set(column, source);
      }
    }
    const ids = documents.map(({ id }) => id).toSorted();
    if (ids.some((id) => this.documents.has(id))) return 0;
    this.entities.push({ key: name, row, sources, documents: ids });
    for (const { id, original, tokens, inPrompt } of documents) {
      this.documents.set(id, { id, tokens: inPrompt, counterfactual: true });
      this.#copyOf.set(id, { original, copy, tokens });
    }
    return documents.reduce((sum, { inPrompt }) => sum + inPrompt, 0);
  }
}

/** A copy of a document, before anything is known to be certain. */
interface NewText {
  readonly path: string;
  readonly title: string;
  readonly text: TextCopy;
}

function byDocument(copies: readonly Copy[]): ReadonlyMap<string, Copy[]> {
  const ofDocument = new Map<string, Copy[]>();
  for (const copy of copies) {
    for (const id of copy.entity.documents) {
      const known = ofDocument.get(id);
      if (known === undefined) ofDocument.set(id, [copy]);
      else known.push(copy);
    }
  }
  return ofDocument;
}

/** The value that a copy states where the original has one; null where that cannot be told. */
function valueInCopy(value: Value, { value: { start, end }, factor }: StatedValue, text: TextCopy): Value {
  const number = text.numberAt(start);
  if (typeof value === 'number' && number !== undefined) {
    return number === null || factor === 1 ? number : Number((number * factor).toPrecision(12));
  }
  return text.isKept(start, end) ? value : null;
}

function placesInCopy({ span, value }: StatedValue, text: TextCopy): Pick<StatedValue, 'span' | 'value'> {
  return {
    span: { start: text.place(span.start), end: text.place(span.end) },
    value: { start: text.place(value.start), end: text.place(value.end) },
  };
}

/**
 * What a document calls the thing it is about, longest first. The name of a file counts where it is no word of a language:
 * a file called `by` says nothing of what its text calls so.
 */
function namesOf(document: StoredDocument, { key }: TruthEntity): readonly string[] {
  const { title, path } = document;
  const stated = [key, ...(title === null ? [] : [passageTitle(document)])];
  const stem = stemOf(path);
  const isName = /\d/.test(stem) || stated.some((name) => fold(name) === fold(stem));
  const names = new Set(isName ? [...stated, stem] : stated);
  return [...names].toSorted((one, other) => other.length - one.length);
}

const stemOf = (path: string): string => basename(path, extname(path));

/** Markdown and plain text keep their names; whatever else a document comes from, its text is Markdown. */
function writtenPath({ id, path }: StoredDocument): string {
  if (/\.(?:md|markdown|txt)$/i.test(path) && id === path) return path;
  const name = id === path ? path.slice(0, path.length - extname(path).length) : id;
  return `${name.replaceAll(/[^\p{L}\p{N}/._-]+/gu, '-')}.md`;
}

/** Beside the original, under the new name: a file called after the thing is called after the new one. */
function copyPath(path: string, names: readonly string[], newName: string): string {
  const stem = stemOf(path);
  const isName = names.some((name) => fold(name) === fold(stem));
  return join(dirname(path), `${isName ? newName : `${stem}-${newName}`}${extname(path)}`);
}
