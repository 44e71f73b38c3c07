import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { z } from 'zod';
import type { ExportProgress } from '../../training/export/export-progress.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus } from '../exit-status.ts';
import { commonOptions } from '../options.ts';
import { formatBytes, formatCount, formatSeconds } from '../terminal/numbers.ts';
import { progressBar, StatusLine } from '../terminal/status-line.ts';

const dtypes = ['f32', 'f16', 'bf16', 'q8_0'] as const;

const exportOptions = commonOptions.extend({
  format: z.enum(['gguf', 'safetensors']),
  out: z.string(),
  dtype: z.enum(dtypes).optional(),
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
      'Writes a model for other programs: GGUF for llama.cpp, Ollama and LM Studio, safetensors for Transformers and ' +
        'vLLM. Tensors are read and written one at a time.',
    )
    .argument('<folder>', 'the folder of a run, or of a checkpoint')
    .addOption(
      new Option('--format <name>', 'what to write').choices(['gguf', 'safetensors']).makeOptionMandatory(),
    )
    .requiredOption('--out <path>', 'gguf: a file; else a folder')
    .addOption(
      new Option('--dtype <type>', 'how numbers are kept (gguf: f32; else as they are)').choices(dtypes),
    )
    .addHelpText(
      'after',
      `
Examples:
  corpuscope export ./run --format gguf --out model.gguf
  corpuscope export ./run --format gguf --dtype q8_0 --out model-q8.gguf      a quarter of the size
  corpuscope export ./run --format safetensors --dtype bf16 --out ./model

Models with the convolution at the embedding are written as safetensors only: llama.cpp does not compute it.`,
    )
    .action(async (given: string, _: unknown, command: Command) => {
      const options = exportOptions.parse(command.optsWithGlobals());
      const started = performance.now();
      const { modelFolder } = await import('../../training/trainer/model-folder.ts');
      const folder = await modelFolder(given);
      const line = new StatusLine({ stream: process.stderr, enabled: !options.json });
      const onProgress = ({ done, total }: ExportProgress): void =>
        line.show(() => `Writing ${progressBar(done / total)} ${done}/${total} tensors`);
      const { tensors, file } = await write({ folder, options, signal, onProgress }).finally(() =>
        line.clear(),
      );
      const { size: bytes } = await stat(file);
      const seconds = (performance.now() - started) / 1000;
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ folder, format: options.format, out: options.out, tensors, bytes, seconds })}\n`
          : `Wrote ${options.out} in ${formatSeconds(seconds)}: ${formatCount(tensors, 'tensor')}, ${formatBytes(bytes)}.\n`,
      );
      process.exitCode = exitStatus.done;
    });
}

/** Writes the model; gives the file that holds the weights. */
async function write(request: ExportRequest): Promise<{ tensors: number; file: string }> {
  const { folder, signal, onProgress } = request;
  const { format, out, dtype } = request.options;
  switch (format) {
    case 'gguf': {
      if ((await stat(out).catch(() => null))?.isDirectory() === true) {
        throw new CommandError({
          message: `${out} is a folder, and a GGUF is one file.`,
          remedy: `Name the file, for example --out ${join(out, 'model.gguf')}`,
          wrongArguments: true,
        });
      }
      const { exportGguf, ggufTypes } = await import('../../training/export/export-gguf.ts');
      const type = ggufTypes.find((each) => each.toLowerCase() === (dtype ?? 'f32')) ?? 'F32';
      return { ...(await exportGguf({ folder, path: out, type, signal, onProgress })), file: out };
    }
    case 'safetensors': {
      const { exportSafetensors } = await import('../../training/export/export-safetensors.ts');
      const { weightTypes } = await import('../../training/checkpoint/element-type.ts');
      const type = weightTypes.find((each) => each.toLowerCase() === dtype);
      if (dtype !== undefined && type === undefined) throw unsupported(dtype, format);
      return exportSafetensors({ folder, out, type, signal, onProgress });
    }
  }
}

function unsupported(dtype: string, format: string): CommandError {
  return new CommandError({
    message: `${format} is not written as ${dtype}.`,
    remedy: 'Use --dtype f32, f16 or bf16; q8_0 is for gguf.',
    wrongArguments: true,
  });
}
