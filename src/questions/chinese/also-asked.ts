import type { Draft } from '../grammar/meanings.ts';

/** "…最多,有多少家": a second question for what the first is decided by. */
const alsoHow =
  /[,，。？?]\s*(?:分别|各|共|一共|总共|数量|具体)?(?:有|是|为|达)(?:多少|几|多[高大长远久重深宽])\p{Script=Han}{0,2}[。？?]?\s*$/u;
const superlative = /最/u;

/** A question without a second one at its end for what decides the first; as it is where there is none. */
export const withoutAlsoAsked = (question: string): string =>
  superlative.test(question) ? question.replace(alsoHow, (match) => '?'.padEnd(match.length)) : question;

/** What a question asks for that has such a second one: beside the first of an order, the value it is first by. */
export function alsoAsked(draft: Draft, question: string): Draft {
  if (!superlative.test(question) || !alsoHow.test(question)) return draft;
  const { output, selection } = draft;
  if (output.kind === 'groups') return { ...draft, output: { ...output, show: 'both' } };
  if (output.kind !== 'entities' || selection.order === undefined || output.show.length > 0) return draft;
  const { by } = selection.order;
  return by.kind === 'column'
    ? { ...draft, output: { ...output, show: [{ value: by, name: by.column, unit: null }] } }
    : draft;
}
