import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseSnippets, scoreSnippet } from './testing/score-snippets.ts';

const snippets = parseSnippets(
  readFileSync(new URL('fixtures/held-out-snippets.jsonl', import.meta.url), 'utf8'),
);

describe('held-out snippets of many layouts', () => {
  const verdicts = snippets.flatMap((snippet) => scoreSnippet(snippet));
  const share = (verdict: string): number =>
    verdicts.filter((each) => each.verdict === verdict).length / verdicts.length;

  it('reads nearly all that a careful person reads in them', () => {
    expect(verdicts.length).toBeGreaterThan(450);
    expect(share('right')).toBeGreaterThanOrEqual(0.97);
  });

  it('reads hardly anything wrong', () => {
    expect(share('wrong')).toBeLessThanOrEqual(0.03);
  });
});
