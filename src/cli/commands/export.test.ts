import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCheckpoint } from '../../training/checkpoint/checkpoint-folder.ts';
import { saveSmallCheckpoint } from '../../training/export/testing/small-checkpoint.ts';
import { runCommand } from '../testing/run-command.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'corpuscope-export-command-'));
  await saveSmallCheckpoint(join(root, 'model'));
  await saveSmallCheckpoint(join(root, 'convolution'), { convolutionTaps: 3 });
});
afterAll(() => rm(root, { recursive: true, force: true }));

const write = (...options: string[]) => runCommand(['export', ...options], { folder: root });

describe('corpuscope export', () => {
  it('writes GGUF, and says what it wrote', async () => {
    const { status, stdout, stderr } = await write('model', '--format', 'gguf', '--out', 'model.gguf');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Wrote model\.gguf in .*: 36 tensors, .* kB\.\n$/);
  });

  it('writes safetensors in another type, which load as a checkpoint', async () => {
    const options = ['--format', 'safetensors', '--dtype', 'bf16', '--out', 'half', '--json'];
    const { status, stdout } = await write('convolution', ...options);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ format: 'safetensors', out: 'half', tensors: 37 });
    const loaded = await loadCheckpoint(join(root, 'half'));
    expect(loaded.configuration).toMatchObject({ convolutionTaps: 3 });
    expect(loaded.tokenizer?.vocabularySize).toBe(270);
  });

  it.each(['model', 'convolution'])(
    'writes ONNX that continues prompts as the model does: %s',
    async (name) => {
      const out = `${name} onnx`;
      const { status, stdout } = await write(name, '--format', 'onnx', '--out', out, '--check');
      expect(status).toBe(0);
      expect(stdout).toContain('96 of 96 greedy tokens are equal.');
    },
  );

  it.each([
    [['convolution', '--format', 'gguf', '--out', 'x.gguf'], 1, 'has a convolution at its embedding'],
    [['model', '--format', 'gguf', '--out', 'model'], 2, 'is a folder, and a GGUF is one file'],
    [['model', '--format', 'safetensors', '--dtype', 'q8_0', '--out', 'x'], 2, 'is not written as q8_0'],
    [['model', '--format', 'onnx', '--dtype', 'q8_0', '--out', 'x'], 2, 'is not written as q8_0'],
    [
      ['model', '--format', 'safetensors', '--check', '--out', 'x'],
      2,
      '--check compares with other programs',
    ],
    [['model', '--format', 'gguf', '--check', '--out', 'x.gguf'], 1, 'node-llama-cpp is not installed'],
    [['model', '--format', 'magic', '--out', 'x'], 2, 'Allowed choices are'],
    [
      ['nowhere', '--format', 'gguf', '--out', 'x.gguf'],
      1,
      'There is no checkpoint at nowhere: there is no such folder.',
    ],
  ])('refuses %j', async (options, expectedStatus, message) => {
    const { status, stdout, stderr } = await write(...options);
    expect([status, stdout]).toEqual([expectedStatus, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('not foreseen');
  });
});
