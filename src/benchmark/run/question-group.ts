import type { ModelMessage } from '../../models/index.ts';
import type { OpenCorpus } from '../../table/index.ts';
import type { RunLine } from '../run-line.ts';

/** What a question to be asked brings to its line of results; the answerer adds the rest. */
export type RunQuestion = Pick<
  RunLine,
  | 'id'
  | 'question'
  | 'answer'
  | 'set'
  | 'language'
  | 'answer_type'
  | 'ordered'
  | 'unit'
  | 'tolerance'
  | 'family'
  | 'difficulty'
  | 'domain'
  | 'look_up'
  | 'dispersion'
  | 'evidence'
  | 'metric'
  | 'aliases'
  | 'required_prefix'
> & {
  /** Whether the truth was read by the pattern reader, or the question written by the grammar. */
  readonly isOwnTruth: boolean;
  /** What the answer must look like, in place of CorpusQA's demands. */
  readonly instructions?: string | undefined;
  /** The published prompt word for word, for who sends it as it stands. */
  readonly messages?: (() => Promise<readonly ModelMessage[]>) | undefined;
};

/** A place in a document of the benchmark, in UTF-16 code units of its text. */
export interface CitedPlace {
  readonly document: string;
  readonly start: number;
  readonly end: number;
}

/** A corpus that questions are asked about. */
export interface CorpusOfQuestions {
  readonly corpus: OpenCorpus;
  /** Demands on the answer that stood with the documents. */
  readonly instructions?: string | undefined;
  /** The name that the benchmark has for a document, by its path in the corpus. */
  documentId(path: string): string;
  /** The words that stand at a place which the benchmark cites; undefined where it is not known. */
  quote(place: CitedPlace): string | undefined;
  close(): void;
}

/** Questions about the same documents, which are opened when the first of them is asked. */
export interface QuestionGroup {
  readonly name: string;
  /** What the documents have together, as far as is known. */
  readonly tokens: number;
  readonly questions: readonly RunQuestion[];
  /**
   * @param writer who adds to what was read of the documents, and so needs a store that is no one else's; null where
   *   nobody does.
   */
  open(writer: string | null): Promise<CorpusOfQuestions>;
}
