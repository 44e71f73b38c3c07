import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { countryQuestion } from './country-prompt.ts';

async function run(example: string): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const file = fileURLToPath(new URL(`./${example}.ts`, import.meta.url));
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [status, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { status, stdout, stderr };
}

const answer = countryQuestion.answer.map((country) => `- ${country}`).join('\n');

it.each([
  ['ai-sdk-middleware', 'Albania: total: 12.75 deaths/1,000 live births (line 226'],
  ['openai-client', 'Albania: total: 12.75 deaths/1,000 live births'],
  ['plain-fetch', 'infant_mortality_rate_total > 8'],
])(
  '%s answers twice, whole and streamed, and shows what the answer rests on',
  async (example, shown) => {
    const { status, stdout, stderr } = await run(example);
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.split(answer)).toHaveLength(3);
    expect(stdout).toContain(shown);
  },
  180_000,
);
