import { z } from 'zod';
import type { DocumentFormat } from '../corpus/index.ts';
import { answerTypes } from '../scoring/score-answer.ts';

/** The files of a benchmark folder. */
export const benchmarkFiles = {
  manifest: 'manifest.json',
  documents: 'documents.parquet',
  questions: 'questions.jsonl',
} as const;

/** What the folder's `manifest.json` names itself by; a later version that cannot be read alike counts up. */
export const benchmarkFormat = 'corpuscope-benchmark';
export const benchmarkVersion = 1;

/** The families of questions, by how many steps an answer takes: one column, one derivation, several stages. */
// prettier-ignore
export const questionFamilies = [
  'E1', 'E2', 'E3', 'E4', 'E5', 'E6', 'E7', 'E8', 'E9',
  'M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7', 'M8', 'M9', 'M10', 'M11',
  'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'H7', 'H8', 'H9', 'H10', 'H11', 'H12',
] as const;
export type QuestionFamily = (typeof questionFamilies)[number];

export const difficulties = ['easy', 'medium', 'hard'] as const;
export type Difficulty = (typeof difficulties)[number];

export const questionLanguages = ['en', 'zh'] as const;
export type QuestionLanguage = (typeof questionLanguages)[number];

const scalarSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A number or a string; a list is an array, rows are arrays of arrays. A percentage is 12.34, a date `2021-03`. */
export const answerSchema = z.union([scalarSchema, z.array(z.union([scalarSchema, z.array(scalarSchema)]))]);

export type BenchmarkAnswer = z.infer<typeof answerSchema>;

const share = z.number().min(0).max(1);

/** A line of `questions.jsonl`. */
export const benchmarkQuestionSchema = z.object({
  /** Begins with the domain, as published ids do. */
  id: z.string().min(1),
  /** The name of the set whose documents the answer is computed over. */
  set: z.string().min(1),
  question: z.string().min(1),
  /** The question as the grammar writes it, where it is in the words of a model. */
  paraphrase_of: z.string().optional(),
  language: z.enum(questionLanguages),
  answer: answerSchema,
  answer_type: z.enum(answerTypes),
  /** The order of a list is part of the answer. */
  ordered: z.boolean().optional(),
  unit: z.string().nullable().optional(),
  /** By how much a number may differ, in its own unit; where absent, by rounding alone. */
  tolerance: z.number().nonnegative().optional(),
  /** `other` where no grammar wrote it. */
  family: z.enum([...questionFamilies, 'other']),
  difficulty: z.enum(difficulties),
  /** It asks for the values of one or two named entities: few documents need be read. */
  look_up: z.boolean(),
  domain: z.string().min(1),
  /** The typed query plan behind the question, as plain data. */
  plan: z.unknown(),
  /** The statement that computes the answer over the table of the set's documents. */
  sql: z.string(),
  dispersion: z.object({
    /** The share of the set's documents that hold a cell the query reads. */
    read: share,
    /** The share of the set's documents whose removal alone changes the answer. */
    decisive: share,
  }),
  /** Statements that the answer rests on, most relevant first: the first of them where there are many. */
  evidence: z.array(
    z.object({
      /** The id of the document. */
      document: z.string(),
      field: z.string(),
      /** UTF-16 code units of the document's text, `[start, end)`. */
      start: z.int().nonnegative(),
      end: z.int().nonnegative(),
    }),
  ),
});

export type BenchmarkQuestion = z.infer<typeof benchmarkQuestionSchema>;

const sourceSchema = z.object({
  path: z.string(),
  sha256: z.string(),
  tokens: z.int().nonnegative(),
  counterfactual: z.boolean(),
});

/** `manifest.json`: what a benchmark was made of and how. */
export const benchmarkManifestSchema = z.object({
  format: z.literal(benchmarkFormat),
  version: z.literal(benchmarkVersion),
  name: z.string(),
  seed: z.string(),
  /** What tokens were counted with: `o200k`, or the file name and hash of a `tokenizer.json`. */
  tokenizer: z.string(),
  /** The prompt that lengths are measured by: `corpusqa`. */
  template: z.string(),
  /** The version of the package that built it. */
  corpuscope: z.string(),
  /** The documents, or where they are thousands their number and the hash over all their hashes, in order. */
  sources: z.union([
    z.array(sourceSchema),
    z.object({ documents: z.int(), counterfactual: z.int(), tokens: z.int(), sha256: z.string() }),
  ]),
  /** Where the answers come from: the rule of agreement, or the file given as truth. */
  truth: z.object({ kind: z.enum(['consensus', 'file']), rule: z.string() }).optional(),
  /** From the shortest to the longest; each holds the first `documents` of `documents.parquet`. */
  sets: z
    .array(
      z.object({
        name: z.string(),
        /** The tokens asked for. */
        length: z.int().positive(),
        /** The tokens of its documents within the prompt; the question and the answer rules come on top. */
        tokens: z.int().nonnegative(),
        documents: z.int().positive(),
      }),
    )
    .min(1),
});

export type BenchmarkManifest = z.infer<typeof benchmarkManifestSchema>;
export type BenchmarkSet = BenchmarkManifest['sets'][number];

/** A row of `documents.parquet`. */
export interface BenchmarkDocument {
  /** From 0; a set of N documents holds those before position N. */
  readonly position: number;
  /** Unique in the benchmark; the path where the document is a file of its own. */
  readonly id: string;
  readonly title: string;
  /** The path of the file it comes from. */
  readonly source: string;
  readonly text: string;
  /** The format of the file that the text was made out of, which decides how it is read; null where none is known. */
  readonly format: DocumentFormat | null;
  readonly tokens: number;
  /** Its name and numbers are invented. */
  readonly counterfactual: boolean;
}
