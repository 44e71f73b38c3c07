/** Questions in English or Chinese, the typed plans they become, and the SQL of the plans. */
export { toAnswerValue, type AnswerValue } from './answer-value.ts';
export type { AnswerType, Scalar } from './answer-type.ts';
export { isChinese } from './chinese/is-chinese.ts';
export { sayInChinese } from './chinese/say-in-chinese.ts';
export { askTables, type TableReply } from './ask-tables.ts';
export { compilePlan } from './compile/compile-plan.ts';
export type { AnswerColumn, Check, CompiledQuery } from './compile/compiled-query.ts';
export { evaluatePlan } from './evaluate/evaluate-plan.ts';
export type { Row, Value } from './evaluate/values.ts';
export { groundTexts, type Grounding } from './ground-texts.ts';
export { mentionedColumns, type ColumnMention } from './mentioned-columns.ts';
export { parseQuestion } from './parse-question.ts';
export type { ParsedQuestion } from './parsed-question.ts';
export { PlanError } from './plan-error.ts';
export type * from './plan.ts';
export { NoWordingError } from './write/wording.ts';
export type { Refusal } from './refuse.ts';
export { writeQuestion, type QuestionLanguage } from './write/write-question.ts';
