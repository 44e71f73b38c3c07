import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { madeFile, madeLine } from '../../benchmark/report/testing/made-results.ts';
import { TemporaryFolder } from '../../corpus/testing/temporary-folder.ts';
import { runCommand } from '../testing/run-command.ts';

const before = madeFile(
  [1, 2, 3, 4].map((id) => madeLine({ id: String(id), response: 'The answer is: 6' })),
  'before.jsonl',
);
const after = madeFile(
  [1, 2, 3, 4].map((id) => madeLine({ id: String(id) })),
  'after.jsonl',
);

describe('bench report', () => {
  it('scores what has no verdict and compares two runs', async () => {
    const folder = new TemporaryFolder().path;
    const [html, markdown] = [join(folder, 'report.html'), join(folder, 'report.md')];
    const files = ['--html', html, '--markdown', markdown, '--title', 'Ours & theirs'];
    const { status, stdout, stderr } = await runCommand(['bench', 'report', before, after, ...files]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/128K +full · before +4 +0 +4 +0 +0 +0\.0 ± 0\.0/);
    expect(stdout).toMatch(/128K +full · after +4 +4 +0 +0 +0 +100\.0 ± 0\.0/);
    expect(stdout).toMatch(/full · after against full · before on 4 questions: 100\.0 points/);
    expect(readFileSync(html, 'utf8')).toContain('<h1>Ours &amp; theirs</h1>');
    expect(readFileSync(markdown, 'utf8')).toContain('| 128K | full · after | 4 | 4 |');
  });

  it('gives its figures as JSON', async () => {
    const { stdout } = await runCommand(['bench', 'report', after, '--json']);
    const { headline, selfGraded }: { headline: unknown; selfGraded: unknown } = JSON.parse(stdout);
    expect(headline).toMatchObject({ runs: ['full'], summaries: [{ set: '128K', tally: { questions: 4 } }] });
    expect(selfGraded).toBeNull();
  });

  it('says what is wrong', async () => {
    const { status, stderr } = await runCommand(['bench', 'report', madeFile([])]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/There is no result in .*bench run FOLDER/s);
  });
});
