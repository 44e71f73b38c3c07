import type { MetricName } from '../scoring/metrics/metric-names.ts';
import type { AnswerType } from '../scoring/score-answer.ts';

/** What a model is shown beside the question. */
export type DatasetContent =
  /** The published prompt, word for word; the question is within. */
  | { readonly kind: 'messages'; readonly messages: readonly DatasetMessage[] }
  /** The texts that the question is asked of. */
  | { readonly kind: 'documents'; readonly documents: readonly DatasetDocument[] };

export interface DatasetMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface DatasetDocument {
  readonly title: string | null;
  readonly text: string;
}

/** One question of a published data set, whatever its file looks like. */
export interface DatasetItem {
  readonly id: string;
  readonly question: string;
  readonly content: DatasetContent;
  /** The right answer in the notation of the data set: text, or a list of texts where all belong to it. */
  readonly answer: string | readonly string[];
  /** Other right answers. */
  readonly aliases?: readonly string[];
  readonly answerType?: AnswerType;
  readonly metric: MetricName;
  /** What averages are taken over: the domain, task or subset. */
  readonly domain: string;
  /** What the response must look like; where the published prompt is not at hand. */
  readonly instructions?: string;
  /** MRCR: what the response must begin with. */
  readonly requiredPrefix?: string;
  readonly language?: 'en' | 'zh';
  readonly difficulty?: string;
  /** The length class, as the data set names it. */
  readonly set?: string;
}
