import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { z } from 'zod';
import type { GreedyAgreement } from '../../training/export/compare-greedy-tokens.ts';
import type { ExportProgress } from '../../training/export/export-progress.ts';
import type { LlamaDecoder } from '../../training/export/run-llama.ts';
import type { OnnxDecoder } from '../../training/export/run-onnx.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus } from '../exit-status.ts';
import { commonOptions } from '../options.ts';
import { formatBytes, formatCount, formatSeconds } from '../terminal/numbers.ts';
import { progressBar, StatusLine } from '../terminal/status-line.ts';

const formats = ['gguf', 'onnx', 'safetensors'] as const;
const dtypes = ['f32', 'f16', 'bf16', 'q8_0'] as const;

const exportOptions = commonOptions.extend({
  format: z.enum(formats),
  out: z.string(),
  dtype: z.enum(dtypes).optional(),
  check: z.boolean().default(false),
});

type ExportOptions = z.infer<typeof exportOptions>;

interface ExportRequest {
  readonly folder: string;
  readonly options: ExportOptions;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ExportProgress) => void;
}

export function addExportCommand(program: Command, signal: AbortSignal): void {
  program
    .command('export')
    .summary('write a trained model for other programs')
    .description(
      'Writes a model for other programs: GGUF for llama.cpp, Ollama and LM Studio, ONNX for ONNX Runtime and ' +
        'transformers.js, safetensors for Transformers and vLLM. Tensors are read and written one at a time.',
    )
    .argument('<folder>', 'the folder of a run, or of a checkpoint')
    .addOption(new Option('--format <name>', 'what to write').choices(formats).makeOptionMandatory())
    .requiredOption('--out <path>', 'gguf: a file; else a folder')
    .addOption(
      new Option('--dtype <type>', 'how numbers are kept (f32; safetensors: as they are)').choices(dtypes),
    )
    .option('--check', 'let the model and what was written continue prompts, and compare the tokens')
    .addHelpText(
      'after',
      `
Examples:
  corpuscope export ./run --format gguf --out model.gguf
  corpuscope export ./run --format gguf --dtype q8_0 --out model-q8.gguf      a quarter of the size
  corpuscope export ./run --format onnx --out ./model --check
  corpuscope export ./run --format safetensors --dtype bf16 --out ./model

--check runs GGUF in llama.cpp, for which node-llama-cpp must be installed, and ONNX in ONNX Runtime. Tokens of f32
should all be equal; a type that rounds may choose others after a while.
Models with the convolution at the embedding cannot be GGUF: llama.cpp does not compute it.`,
    )
    .action(async (given: string, _: unknown, command: Command) => {
      const options = exportOptions.parse(command.optsWithGlobals());
      requirePossible(options);
      const started = performance.now();
      const { modelFolder } = await import('../../training/trainer/model-folder.ts');
      const folder = await modelFolder(given);
      const line = new StatusLine({ stream: process.stderr, enabled: !options.json });
      const onProgress = ({ done, total }: ExportProgress): void =>
        line.show(() => `Writing ${progressBar(done / total)} ${done}/${total} tensors`);
      const { tensors, files } = await write({ folder, options, signal, onProgress }).finally(() =>
        line.clear(),
      );
      const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
      const bytes = sizes.reduce((sum, size) => sum + size, 0);
      const agreement = options.check
        ? await check({ folder, format: options.format, file: files[0] ?? '' })
        : null;
      const seconds = (performance.now() - started) / 1000;
      const { format, out } = options;
      const report = { folder, format, out, files, tensors, bytes, check: agreement, seconds };
      const size = `${formatCount(tensors, 'tensor')}, ${formatBytes(bytes)}`;
      process.stdout.write(
        options.json
          ? `${JSON.stringify(report)}\n`
          : `Wrote ${out} in ${formatSeconds(seconds)}: ${size}.\n${describeAgreement(agreement)}`,
      );
      const isExact = (options.dtype ?? 'f32') === 'f32';
      const isWrong = agreement !== null && isExact && agreement.equal < agreement.tokens;
      process.exitCode = isWrong ? exitStatus.incomplete : exitStatus.done;
    });
}

function describeAgreement(agreement: GreedyAgreement | null): string {
  return agreement === null ? '' : `${agreement.equal} of ${agreement.tokens} greedy tokens are equal.\n`;
}

/** Lets the model and what was written of it continue prompts. */
async function check(input: {
  readonly folder: string;
  readonly format: ExportOptions['format'];
  readonly file: string;
}): Promise<GreedyAgreement> {
  const { folder, format, file } = input;
  const { compareGreedyTokens, comparedTokens } =
    await import('../../training/export/compare-greedy-tokens.ts');
  const decoder = await (format === 'gguf' ? openLlama(file, comparedTokens) : openOnnx(file, folder));
  try {
    return await compareGreedyTokens(folder, (prompt, count) => decoder.continueGreedily(prompt, count));
  } finally {
    await decoder.close();
  }
}

async function openLlama(file: string, contextTokens: number): Promise<LlamaDecoder> {
  const { LlamaDecoder } = await import('../../training/export/run-llama.ts');
  return LlamaDecoder.open(file, { contextTokens });
}

async function openOnnx(file: string, folder: string): Promise<OnnxDecoder> {
  const { OnnxDecoder } = await import('../../training/export/run-onnx.ts');
  const { readConfiguration } = await import('../../training/checkpoint/configuration-file.ts');
  const configuration = await readConfiguration(folder);
  if (configuration.kind === 'decoder') return OnnxDecoder.open(file, configuration);
  throw new CommandError({
    message: `${folder} is an encoder, which writes no tokens to compare.`,
    remedy: 'Leave out --check. The model was written.',
  });
}

/** Writes the model; gives the files that hold its weights, the one to open first. */
async function write(request: ExportRequest): Promise<{ tensors: number; files: readonly string[] }> {
  const { folder, signal, onProgress } = request;
  const { format, out, dtype = 'f32' } = request.options;
  if (format === 'gguf') {
    await requireNoFolder(out);
    const { exportGguf, ggufTypes } = await import('../../training/export/export-gguf.ts');
    const type = ggufTypes.find((each) => each.toLowerCase() === dtype) ?? 'F32';
    const { tensors } = await exportGguf({ folder, path: out, type, signal, onProgress });
    return { tensors, files: [out] };
  }
  const { weightTypes } = await import('../../training/checkpoint/element-type.ts');
  const type = weightTypes.find((each) => each.toLowerCase() === request.options.dtype);
  if (format === 'onnx') {
    const { exportOnnx } = await import('../../training/export/export-onnx.ts');
    return exportOnnx({ folder, out, type, signal, onProgress });
  }
  const { exportSafetensors } = await import('../../training/export/export-safetensors.ts');
  const { tensors, file } = await exportSafetensors({ folder, out, type, signal, onProgress });
  return { tensors, files: [file] };
}

function requirePossible({ format, dtype, check }: ExportOptions): void {
  if (dtype === 'q8_0' && format !== 'gguf') {
    throw new CommandError({
      message: `${format} is not written as ${dtype}.`,
      remedy: 'Use --dtype f32, f16 or bf16; q8_0 is for gguf.',
      wrongArguments: true,
    });
  }
  if (check && format === 'safetensors') {
    throw new CommandError({
      message: '--check compares with other programs, and safetensors are what the model is read from.',
      remedy: 'Use it with --format gguf or onnx.',
      wrongArguments: true,
    });
  }
}

async function requireNoFolder(out: string): Promise<void> {
  if ((await stat(out).catch(() => null))?.isDirectory() !== true) return;
  throw new CommandError({
    message: `${out} is a folder, and a GGUF is one file.`,
    remedy: `Name the file, for example --out ${join(out, 'model.gguf')}`,
    wrongArguments: true,
  });
}
