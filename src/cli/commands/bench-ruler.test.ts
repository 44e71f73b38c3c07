import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TemporaryFolder } from '../../corpus/testing/temporary-folder.ts';
import { runCommand } from '../testing/run-command.ts';

const line = z.looseObject({ id: z.string(), task: z.string(), outputs: z.array(z.string()) });

describe('bench ruler', { timeout: 60_000 }, () => {
  it('writes questions whose outputs score as right', async () => {
    const out = join(new TemporaryFolder().path, 'ruler.jsonl');
    const options = [
      '--task',
      'niah_multivalue,qa',
      '--length',
      '1K,1.5K',
      '--language',
      'en,zh',
      '--count',
      '1',
    ];
    const { status, stdout } = await runCommand(['bench', 'ruler', ...options, '--out', out]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: `8 questions: ${out}\n` });
    const lines = readFileSync(out, 'utf8')
      .trim()
      .split('\n')
      .map((text) => line.parse(JSON.parse(text)));
    const results = lines.map(({ id, task, outputs }, index) => ({
      id,
      question: 'q',
      answer: outputs,
      response: index === 0 ? outputs[0] : outputs.join(', '),
      metric: task === 'qa' ? 'string-match-any' : 'string-match-all',
    }));
    const input = results.map((result) => JSON.stringify(result)).join('\n');
    const scored = await runCommand(['bench', 'score', '-', '--json'], { input });
    expect(JSON.parse(scored.stderr)).toMatchObject({
      scores: [{ right: 7, wrong: 1, micro: { mean: 7.25 / 8 } }],
    });
  });

  it.each([
    [['--task', 'magic'], /There is no task magic/],
    [['--length', '12X'], /"12X" is no length/],
    [['--length', '100'], /too few/],
  ])('says what is wrong with %j', async (options, message) => {
    const { status, stderr } = await runCommand(['bench', 'ruler', ...options, '--out', '-']);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(message);
  });
});
