import { beforeAll, describe, expect, it } from 'vitest';
import { loadTokenizer, type Tokenizer } from '../../corpus/index.ts';
import { makeRulerLines, type RulerLine } from './ruler-lines.ts';
import { rulerTasks } from './ruler-tasks.ts';

let tokenizer: Tokenizer;
let lines: RulerLine[] = [];

const make = (changes: Partial<Parameters<typeof makeRulerLines>[0]> = {}): RulerLine[] => [
  ...makeRulerLines({
    tasks: rulerTasks,
    lengths: [2000, 8000],
    languages: ['en', 'zh'],
    count: 2,
    seed: '1',
    tokenizer,
    ...changes,
  }),
];

beforeAll(async () => {
  tokenizer = await loadTokenizer('o200k');
  lines = make();
});

const counted = (words: readonly string[]): [string, number][] => {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one);
};

describe('RULER', () => {
  it('has each task in both languages, of the length asked for', () => {
    expect(lines).toHaveLength(rulerTasks.length * 2 * 2 * 2);
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
    const off = lines
      .map(({ id, length, context, query }) => ({
        id,
        share: (tokenizer.count(context) + tokenizer.count(query)) / length,
      }))
      .filter(({ share }) => share > 1 || share < 0.93);
    expect(off).toEqual([]);
  });

  it('holds the answers to its questions, which the questions do not give away', () => {
    for (const { context, query, outputs } of lines) {
      expect(outputs.length).toBeGreaterThan(0);
      expect(outputs.every((output) => context.includes(output) && !query.includes(output))).toBe(true);
    }
  });

  it('gives the same questions for the same seed, others for another', () => {
    expect(make({ lengths: [2000] })).toEqual(lines.filter(({ length }) => length === 2000));
    expect(make({ lengths: [2000], seed: '2' }).map(({ context }) => context)).not.toEqual(
      lines.filter(({ length }) => length === 2000).map(({ context }) => context),
    );
  });

  it('assigns variables in chains whose order holds', () => {
    for (const { context, outputs, query } of lines.filter(({ task }) => task === 'vt')) {
      const [value = ''] = /\d{5}/u.exec(query) ?? [];
      const known = new Set<string>();
      for (const [, name = '', from = ''] of context.matchAll(/VAR ([A-Z]+) = (?:VAR )?([A-Z]+|\d+)/gu)) {
        if (from === value || known.has(from)) known.add(name);
      }
      expect([...known].sort()).toEqual([...outputs].sort());
    }
  });

  it('asks for words that are more frequent than all others', () => {
    for (const { task, context, outputs } of lines.filter((line) => ['cwe', 'fwe'].includes(line.task))) {
      const words =
        task === 'cwe'
          ? context
              .split(/\s*\d+\. /u)
              .slice(1)
              .map((word) => word.trim())
          : context.split(' ');
      const ranked = counted(words);
      expect(new Set(ranked.slice(0, outputs.length).map(([word]) => word))).toEqual(new Set(outputs));
      expect(ranked[outputs.length - 1]?.[1]).toBeGreaterThan(ranked[outputs.length]?.[1] ?? 0);
    }
  });

  it('asks about one document of many', () => {
    for (const { context } of lines.filter(({ task }) => task === 'qa')) {
      expect(context.split('\n\n').length).toBeGreaterThan(20);
    }
  });

  it('refuses lengths without room', () => {
    expect(() => make({ lengths: [100] })).toThrow(/too few/);
  });
});
