/** What kind of value answers a question; `rows` where several columns are asked for. */
export type AnswerType = 'number' | 'percentage' | 'string' | 'date' | 'list' | 'rows';

/** One cell of an answer. */
export type Scalar = string | number | boolean | null;
