import { loadTokenizer } from '../corpus/index.ts';
import { rememberLines } from '../corpus/remember-lines.ts';
import { sourceVersion } from '../corpus/source-version.ts';
import { free, ModelError, type ModelProvider } from '../models/index.ts';
import { createEmbeddedModel, embeddedLimits } from './embedded-model.ts';
import type { KeepRule } from './limited-memory.ts';

/** The parts of `src` whose code decides what the embedded model answers. */
const decidingParts = ['corpus', 'embedded', 'models/prompts', 'questions', 'table'] as const;

/**
 * The source of the embedded model, for `resolveModel`: `embedded`, or `embedded:latest`, whose full memory keeps the
 * latest lines instead of the first.
 */
export const embeddedProvider: ModelProvider = {
  name: 'embedded',
  usage: 'embedded',
  resolve: async ({ id, name, declared }) => {
    const windowTokens = declared.windowTokens ?? embeddedLimits.windowTokens;
    const maximumOutputTokens = Math.min(
      declared.maximumOutputTokens ?? embeddedLimits.maximumOutputTokens,
      windowTokens,
    );
    const limits = { windowTokens, maximumOutputTokens };
    const tokenizer = rememberLines(await loadTokenizer('o200k'));
    const keep = keepRuleOf(name);
    return {
      id,
      // Most questions are answered without a call, and then nobody asks for it.
      get identity() {
        return `${id}@${sourceVersion(decidingParts)}`;
      },
      model: createEmbeddedModel({ limits, tokenizer, keep }),
      completionModel: null,
      limits,
      windowIsAssumed: false,
      tokenizer,
      tokenizerIsExact: true,
      price: free,
      maximumConcurrency: 1,
    };
  },
};

function keepRuleOf(name: string): KeepRule {
  if (name === '' || name === 'first') return 'first';
  if (name === 'latest') return 'latest';
  throw new ModelError({
    kind: 'unavailable',
    message: `There is no model embedded:${name}.`,
    remedy: 'Use embedded, or embedded:latest, whose full memory keeps the latest lines.',
  });
}
