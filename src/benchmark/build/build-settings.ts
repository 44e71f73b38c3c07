import type {
  BenchmarkQuestion,
  BenchmarkSet,
  Difficulty,
  QuestionFamily,
  QuestionLanguage,
} from '../benchmark-format.ts';
import type { Dispersion } from './dispersion.ts';
import type { Paraphrase } from './paraphrase.ts';
import type { DropReason, ParaphraseOutcome } from './question-maker.ts';

/** What a benchmark is to be like. */
export interface BuildSettings {
  /** The folder to make. An earlier benchmark there is replaced. */
  readonly out: string;
  /** Tokens of the sets. */
  readonly lengths: readonly number[];
  /** Questions for each set. */
  readonly questions: number;
  /** Decides everything that is drawn. */
  readonly seed: string;
  readonly languages: readonly string[];
  /** What the benchmark is called; the table's name where absent. */
  readonly name?: string | undefined;
  /** What ids begin with; the table's name where absent. */
  readonly domain?: string | undefined;
  /** What questions call a row, in the singular: `country`; what the corpus suggests where absent. */
  readonly noun?: string | undefined;
  /** Says questions in other words; the grammar's words stand where they do not mean the same. */
  readonly paraphrase?: Paraphrase | undefined;
  /** Whether to write a file of prompts for each set too, in CorpusQA's format. */
  readonly published: boolean;
  /** The version of the package, for the manifest. */
  readonly version: string;
}

export type BuildProgress =
  | {
      readonly phase: 'checking' | 'copying' | 'writing' | 'publishing';
      readonly done: number;
      readonly total: number;
    }
  | { readonly phase: 'asking'; readonly set: string; readonly done: number; readonly total: number };

/** What became of one set. */
export interface SetReport extends BenchmarkSet {
  readonly questions: readonly {
    readonly family: BenchmarkQuestion['family'];
    readonly difficulty: Difficulty;
    readonly language: QuestionLanguage;
    readonly isLookUp: boolean;
    readonly dispersion: Dispersion;
  }[];
  /** Families of which no question could be made. */
  readonly missing: readonly QuestionFamily[];
  /** What became of the words that a model had for the questions; empty where none was asked. */
  readonly paraphrases: Readonly<Partial<Record<ParaphraseOutcome, number>>>;
  /** How many drawn questions were dropped, and why. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
}

export interface BuildReport {
  readonly folder: string;
  readonly sets: readonly SetReport[];
  /** Documents whose names and numbers are invented. */
  readonly counterfactual: number;
  readonly notes: readonly string[];
}
