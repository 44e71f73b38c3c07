import { CorpusNotFoundError } from '../corpus/list-files.ts';
import { TokenizerError } from '../corpus/tokenizer.ts';
import { DecodingError } from '../training/decoding/decoding-error.ts';
import { SamplingError } from '../training/sampling/sampling-error.ts';
import { MergeError } from '../training/merging/tensor.ts';
import { ModelError } from '../models/model-error.ts';
import { oneLine } from './terminal/display-text.ts';
import { screenOf } from './terminal/screen.ts';

/** Errors of this project say what helps. */
function remedyOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('remedy' in error)) return null;
  return typeof error.remedy === 'string' ? error.remedy : null;
}

/** Errors whose message says all there is to say. */
function isForeseen(error: unknown): boolean {
  return [CorpusNotFoundError, TokenizerError, MergeError, SamplingError, DecodingError].some(
    (kind) => error instanceof kind,
  );
}

/** Cause and remedy of an error, for the user; with the stack and the causes beneath it where asked for. */
export function describeError(error: unknown, { verbose }: { verbose: boolean }): string {
  const { paint } = screenOf(process.stderr);
  const message = (error instanceof Error ? error.message : String(error))
    .split('\n')
    .map(oneLine)
    .join('\n  ');
  const remedy = remedyOf(error);
  const lines = [`${paint('red', 'Error:')} ${message}`];
  if (remedy !== null) lines.push(remedy);
  else if (!isForeseen(error) && !verbose)
    lines.push('This was not foreseen; --verbose shows where it happened.');
  if (verbose) {
    const detail = error instanceof ModelError ? error.detail : null;
    if (detail !== null) lines.push(paint('dim', `The server or its SDK said: ${oneLine(detail)}`));
    lines.push(paint('dim', stackOf(error)));
  }
  return lines.join('\n');
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const own = error.stack ?? String(error);
  return error.cause === undefined
    ? own
    : `${own}\nCaused by: ${stackOf(error.cause) || String(error.cause)}`;
}
