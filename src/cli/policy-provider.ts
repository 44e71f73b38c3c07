import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadTokenizer } from '../corpus/index.ts';
import { free, ModelError, type ModelProvider } from '../models/index.ts';

/** What a reply may take unless declared, as a share of the window. */
const outputShare = 1 / 4;

/** Models that were trained here, or lie in a folder as Qwen3 checkpoints do: `policy:FOLDER`. */
export const policyProvider: ModelProvider = {
  name: 'policy',
  usage: 'policy:FOLDER',
  resolve: async ({ id, name, declared }) => {
    if (name === '') {
      throw new ModelError({
        kind: 'unavailable',
        message: `${id} names no folder.`,
        remedy: 'Give the folder of a training run or of a checkpoint: policy:./run',
      });
    }
    const { CheckpointError, Policy, createPolicyModel } = await import('../training/index.ts');
    const policy = await Policy.open(name).catch((error: unknown) => {
      if (!(error instanceof CheckpointError)) throw error;
      const { message, remedy } = error;
      throw new ModelError({ kind: 'unavailable', message: `${id}: ${message}`, remedy, cause: error });
    });
    const windowTokens = declared.windowTokens ?? policy.configuration.maximumPositions;
    const outputTokens = declared.maximumOutputTokens ?? Math.ceil(windowTokens * outputShare);
    return {
      id,
      identity: `${id}@${await hashOf(policy.folder)}`,
      model: createPolicyModel(policy, { id, form: 'chat' }),
      completionModel: createPolicyModel(policy, { id, form: 'completion' }),
      limits: { windowTokens, maximumOutputTokens: Math.min(outputTokens, windowTokens) },
      windowIsAssumed: false,
      tokenizer: await loadTokenizer(policy.tokenizer.path),
      tokenizerIsExact: true,
      price: free,
      maximumConcurrency: 1,
      close: () => policy.close(),
    };
  },
};

/** Tells a model from what the folder holds after more training. */
async function hashOf(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) =>
    /^(?:config|tokenizer)\.json$|\.safetensors$/.test(name),
  );
  const hash = createHash('sha256');
  for (const name of names.sort()) {
    for await (const chunk of createReadStream(join(folder, name))) hash.update(chunk);
  }
  return hash.digest('hex').slice(0, 16);
}
