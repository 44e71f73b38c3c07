import type { ReadValue } from '../../reading.ts';
import type { SentenceStatement } from './statement-value.ts';

/** A sentence without the white space that line breaks leave between characters, with the way back. */
export interface Compact {
  readonly text: string;
  /** Where each character is in the document. */
  readonly positions: readonly number[];
}

const clauseMark = /[，,；;。！？]/u;

export function compact(text: string, start: number, end: number): Compact {
  let joined = '';
  const positions: number[] = [];
  for (let at = start; at < end; at += 1) {
    const character = text.charAt(at);
    if (/\s/.test(character)) continue;
    joined += character;
    positions.push(at);
  }
  return { text: joined, positions };
}

/** The clauses between commas, and of a list of figures each; a comma between digits parts none. */
export function clausesOf({ text }: Compact): { readonly from: number; readonly to: number }[] {
  const clauses: { from: number; to: number }[] = [];
  let from = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const isListed = text.charAt(at) === '、' && /\d/.test(text.charAt(at + 1));
    const isMark = at === text.length || isListed || clauseMark.test(text.charAt(at));
    if (!isMark || (text.charAt(at) === ',' && /\d,\d/.test(text.slice(at - 1, at + 2)))) continue;
    if (at > from) clauses.push({ from, to: at });
    from = at + 1;
  }
  return clauses;
}

export function statement(
  sentence: Compact,
  parts: {
    readonly label: readonly string[];
    readonly value: ReadValue;
    readonly period: string | null;
    readonly start: number;
    readonly valueStart: number;
    readonly valueEnd: number;
    readonly rule: string;
  },
): SentenceStatement | null {
  const { positions } = sentence;
  const start = positions[parts.start];
  const valueStart = positions[parts.valueStart];
  const last = positions[parts.valueEnd - 1];
  if (start === undefined || valueStart === undefined || last === undefined) return null;
  return { ...parts, start, valueStart, end: last + 1, valueEnd: last + 1 };
}
