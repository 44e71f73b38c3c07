import type { Block, ParagraphBlock } from './block.ts';
import { cleanInline } from './inline-markup.ts';
import type { CleanText } from './clean-text.ts';
import { labelLikeness } from './label-likeness.ts';
import { splitLabel } from './label-split.ts';
import { readLabelledLine } from './labelled-line.ts';
import { statesTypedValue } from './statement.ts';

/** A label with its value, as a paragraph of its own states them. */
export interface RunStatement {
  readonly label: CleanText;
  readonly value: CleanText;
  readonly rule: string;
}

type Candidate = RunStatement & { readonly isTyped: boolean };

const fewest = 3;
const longestLabel = 60;
const longestValue = 120;

/**
 * Paragraphs that state one value each in the same form, one after the other: a line in bold with text behind
 * it, or a label with its value on the next line. One alone may be anything; where some of them state numbers
 * or dates, the words of the others are values too.
 */
export function findStatementRuns(text: string, blocks: readonly Block[]): ReadonlyMap<Block, RunStatement> {
  const found = new Map<Block, RunStatement>();
  let run: { readonly block: Block; readonly candidate: Candidate }[] = [];
  const close = (): void => {
    const typed = run.filter(({ candidate }) => candidate.isTyped).length;
    if (run.length >= fewest && typed * 3 >= run.length)
      for (const { block, candidate } of run) found.set(block, candidate);
    run = [];
  };
  for (const block of blocks) {
    const candidate = block.kind === 'paragraph' ? readCandidate(text, block) : null;
    if (candidate === null || candidate.rule !== run[0]?.candidate.rule) close();
    if (candidate !== null) run.push({ block, candidate });
  }
  close();
  return found;
}

function readCandidate(text: string, block: ParagraphBlock): Candidate | null {
  const [first, second, third] = block.lines;
  if (first === undefined || third !== undefined) return null;
  return second === undefined ? boldStatement(text, block) : statementBelow(text, block);
}

function boldStatement(text: string, { lines: [line] }: ParagraphBlock): Candidate | null {
  if (line === undefined || line.end - line.contentStart > longestLabel + longestValue) return null;
  if (!/^(?:\*\*|__|<)/.test(text.slice(line.contentStart, line.contentStart + 2))) return null;
  const { split, clean } = readLabelledLine(text, line);
  if (split?.separator !== 'bold' || clean.starts === null) return null;
  const label = { ...clean, text: clean.text.slice(0, split.labelEnd) };
  const value: CleanText = {
    text: clean.text.slice(split.valueStart),
    start: clean.starts[split.valueStart] ?? clean.start,
    end: clean.end,
    starts: clean.starts.slice(split.valueStart),
    ends: clean.ends?.slice(split.valueStart) ?? null,
  };
  if (value.text === '' || value.text.length > longestValue) return null;
  return { label, value, rule: 'label', isTyped: statesTypedValue(value.text) };
}

function statementBelow(text: string, { lines: [above, below] }: ParagraphBlock): Candidate | null {
  if (above === undefined || below === undefined) return null;
  if (above.end - above.contentStart > longestLabel || below.end - below.contentStart > longestValue)
    return null;
  const label = cleanInline(text, above.contentStart, above.end);
  if (labelLikeness(label.text) !== 'strong' || /[.,;!?:：]$|^\d/u.test(label.text)) return null;
  if (splitLabel(label.text) !== null || statesTypedValue(label.text)) return null;
  const value = cleanInline(text, below.contentStart, below.end);
  if (value.text === '' || splitLabel(value.text)?.separator === 'colon') return null;
  return { label, value, rule: 'label-above', isTyped: statesTypedValue(value.text) };
}
