import { roundDecimal } from '../../embedded/index.ts';
import type { Answer } from '../strategy.ts';

type Value = Answer['value'];

/** How documents and benchmarks ask for an answer that a program reads; the words are copied from the demand. */
const demandedPhrase = /\b(?<phrase>(?:Therefore, )?the answer is)(?<colon>:?)/i;

/**
 * What a strategy's answer says as the reply of a chat: what the model wrote, where one did; else the value, in the
 * form of CorpusQA (`The answer is: ["A", "B"]`) where the prompt demands such a phrase.
 */
export function answerText(answer: Answer, instructions: string | null): string {
  if (answer.status !== 'answered') return answer.reason ?? 'No reason was given.';
  if (answer.response !== undefined) return answer.response;
  const demanded = demandedPhrase.exec(instructions ?? '')?.groups;
  if (demanded === undefined) return plainText(answer);
  return `${demanded['phrase']}${demanded['colon']} ${exactText(answer)}`;
}

function plainText({ value, unit }: Answer): string {
  if (!Array.isArray(value)) return `${scalarText(value)}${unitText(unit)}`;
  if (value.length === 0) return 'None.';
  return value
    .map((entry) =>
      Array.isArray(entry)
        ? `- ${entry.map((cell) => scalarText(cell)).join(', ')}`
        : `- ${scalarText(entry)}${unitText(unit)}`,
    )
    .join('\n');
}

function scalarText(value: Value): string {
  return value === null ? 'not stated' : String(value);
}

function unitText(unit: string | undefined): string {
  if (unit === undefined) return '';
  return unit === '%' ? '%' : ` ${unit}`;
}

/** As CorpusQA prescribes: strings quoted, lists as JSON, at most two decimals, a percentage with its sign, `YYYY-MM`. */
function exactText({ type, value, unit }: Answer): string {
  if (typeof value === 'number') return `${roundDecimal(value, 2)}${unit === '%' ? '%' : ''}`;
  if (type === 'date' && typeof value === 'string') return value.slice(0, 'YYYY-MM'.length);
  if (!Array.isArray(value)) return JSON.stringify(value);
  return JSON.stringify(value.map((entry) => (Array.isArray(entry) ? entry.join(': ') : entry)));
}
