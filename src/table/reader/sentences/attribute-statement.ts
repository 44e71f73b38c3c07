import type { ReadValue } from '../../reading.ts';
import type { DocumentSubject } from './document-subject.ts';
import type { Name } from './names.ts';
import type { Sentence } from './sentence.ts';
import type { SentenceStatement } from './statement-value.ts';

export interface AttributeContext {
  readonly text: string;
  readonly sentence: Sentence;
  readonly subject: DocumentSubject;
}

/** The statement that gives an attribute its value. */
export function attributeStatement(parts: {
  readonly label: string;
  readonly value: ReadValue;
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}): SentenceStatement {
  return {
    label: [parts.label],
    value: parts.value,
    period: null,
    start: parts.start,
    end: parts.valueEnd,
    valueStart: parts.valueStart,
    valueEnd: parts.valueEnd,
    rule: 'sentence-attribute',
  };
}

/** The statement that gives an attribute a name as its value. */
export function nameStatement(
  context: AttributeContext,
  parts: { readonly label: string; readonly start: number; readonly name: Name },
): SentenceStatement {
  const { start, textEnd } = parts.name;
  const value: ReadValue = { type: 'text', text: context.text.slice(start, textEnd).replaceAll(/\s+/g, ' ') };
  return attributeStatement({
    label: parts.label,
    value,
    start: parts.start,
    valueStart: start,
    valueEnd: textEnd,
  });
}
