import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadTokenizer } from '../../corpus/index.ts';
import { writePassage } from '../../models/prompts/index.ts';
import { cutPassages } from './cut-passages.ts';

const tokenizer = await loadTokenizer('o200k');

const paragraph = 'The port handles grain, ore and timber; most of it leaves for the south. ';

describe('cutPassages', () => {
  it('says what a passage from the middle of a document stands under', () => {
    const text = `# Alba\n\n## People\n\nFew.\n\n## Trade\n\n### Ports\n\n${`${paragraph}\n\n`.repeat(20)}`;
    const passages = cutPassages({ text, title: 'Alba', tokenizer, maximumTokens: 100 });
    expect(passages.length).toBeGreaterThan(2);
    expect(passages[0]).toMatchObject({ start: 0, context: '' });
    expect(passages.at(-1)?.context).toBe('## Trade\n\n### Ports\n\n');
  });

  it('repeats the header of a table that it cuts', () => {
    const rows = Array.from({ length: 60 }, (_, index) => `| 19${index + 10} | ${index * 7} |`);
    const text = `| year | debt |\n|---|---|\n${rows.join('\n')}\n`;
    const [, second] = cutPassages({ text, title: 'Debts', tokenizer, maximumTokens: 120 });
    expect(second?.context).toBe('| year | debt |\n|---|---|\n');
    expect(text.slice(second?.start, second?.end)).toMatch(/^\| 19\d\d \|/);
  });

  it('keeps the innermost headings where there is no room for all', () => {
    const long = `## ${'wide '.repeat(30)}`;
    const text = `${long}\n\n### Ports\n\n${`${paragraph}\n\n`.repeat(10)}`;
    const last = cutPassages({ text, title: 'Alba', tokenizer, maximumTokens: 100 }).at(-1);
    expect(last?.context).toBe('### Ports\n\n');
  });

  it('joins up to the text, and no passage as a prompt shows it is longer than allowed', () => {
    const line = fc.oneof(
      fc.lorem({ maxCount: 3, mode: 'sentences' }),
      fc.lorem({ maxCount: 3 }).map((words) => `## ${words}`),
      fc.lorem({ maxCount: 2 }).map((words) => `### ${words}`),
      fc.constant(''),
      fc.constant('| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |'),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), fc.lorem({ maxCount: 4 }), (lines, title) => {
        const text = lines.join('\n');
        const passages = cutPassages({ text, title, tokenizer, maximumTokens: 80 });
        expect(passages.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
        for (const { start, end, context, tokens } of passages) {
          const shown = writePassage({ title, text: context + text.slice(start, end) });
          expect(tokens).toBeLessThanOrEqual(80);
          expect(tokenizer.count(shown)).toBeLessThanOrEqual(80);
        }
      }),
      { numRuns: 60 },
    );
  });
});
