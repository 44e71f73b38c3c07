import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBenchmark } from '../../benchmark/index.ts';
import { makeReports } from '../../benchmark/testing/made-corpus.ts';
import { TemporaryFolder } from '../../corpus/testing/temporary-folder.ts';
import { startMisbehavingServer } from '../../models/testing/misbehaving-server.ts';
import { runCommand } from '../testing/run-command.ts';

describe('corpuscope bench build', () => {
  const { folder } = makeReports();

  it('builds a folder and says what is in it', { timeout: 120_000 }, async () => {
    const out = join(new TemporaryFolder().path, 'bench');
    const sized = ['--length', '4K,7000', '--questions', '10', '--out', out];
    const { status, stdout, stderr } = await runCommand(['bench', 'build', folder, ...sized]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('Read 60 files') });
    expect(stdout).toMatch(/^Built .*bench in/);
    expect(stdout).toMatch(/^4K +\d+ +3\d{3} +10 /m);
    const { manifest } = await openBenchmark({ folder: out });
    expect(manifest.sets.map(({ name }) => name)).toEqual(['4K', '7K']);
  });

  it(
    'takes the words of a model that mean the same, and says what became of the others',
    {
      timeout: 120_000,
    },
    async () => {
      const server = await startMisbehavingServer({
        answer: ({ messages }) => {
          const asked = /<question>\n([^]*?)\n<\/question>/.exec(
            JSON.stringify(messages).replaceAll('\\n', '\n'),
          );
          const question = asked?.[1] ?? '';
          if (question.startsWith('What')) return 'I would rather answer it: 42.';
          if (question.startsWith('Which')) return '<question>Which of them is the best?</question>';
          return `<think>Politely.</think>\n<question>\nPlease tell me: ${question}\n</question>`;
        },
      });
      const work = new TemporaryFolder();
      work.write('.env', `COMPATIBLE_BASE_URL=${server.baseUrl}\n`);
      const out = join(work.path, 'bench');
      try {
        const built = [
          '--length',
          '7K',
          '--questions',
          '20',
          '--paraphrase',
          'compatible:test',
          '--out',
          out,
        ];
        const { status, stdout } = await runCommand(['bench', 'build', folder, ...built], {
          folder: work.path,
        });
        expect(status).toBe(0);
        expect(stdout).toMatch(
          /\d+ questions? (?:is|are) in the words of the model\. The others keep the grammar's: of the model's words for them \d+ were not understood as the same question, \d+ were the same words again, or no question/,
        );
        const questions = await Array.fromAsync((await openBenchmark({ folder: out })).questions());
        const reworded = questions.filter(({ paraphrase_of: original }) => original !== undefined);
        expect(reworded.length).toBeGreaterThan(0);
        for (const { question, paraphrase_of: original } of reworded)
          expect(question).toBe(`Please tell me: ${original}`);
      } finally {
        await server.close();
      }
    },
  );

  it('shows the options on a corpus in its help, as far as a command takes them', async () => {
    const helps = ['build', 'run', 'report'].map(
      async (name) => (await runCommand(['bench', name, '--help'])).stdout,
    );
    const [build, run, report] = (await Promise.all(helps)).map((help) =>
      ['--json', '--store', '--key', '--no-read'].filter((option) => help.includes(`${option} `)),
    );
    expect(build).toEqual(['--json', '--store', '--key', '--no-read']);
    expect(run).toEqual(['--json', '--store']);
    expect(report).toEqual(['--json']);
  });

  it('says what is wrong with its arguments', { timeout: 60_000 }, async () => {
    const out = ['--out', join(new TemporaryFolder().path, 'bench')];
    const length = await runCommand(['bench', 'build', folder, '--length', 'long', ...out]);
    expect(length).toMatchObject({ status: 2, stderr: expect.stringContaining('"long" is no length') });
    const short = await runCommand(['bench', 'build', folder, '--length', '50K', ...out]);
    expect(short.status).toBe(1);
    expect(short.stderr).toMatch(/too few documents for a set of 50K[\s\S]*--counterfactual/);
  });
});
