import type { CorpusLocation, OpenCorpus, ReadReport } from '../table/index.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import type { CommonOptions } from './options.ts';
import { formatCount, formatSeconds } from './terminal/numbers.ts';
import { ProgressLine } from './terminal/progress-line.ts';

/** Loaded when it is needed: the database takes longer to load than help takes to show. */
const loadTable = (): Promise<typeof import('../table/index.ts')> => import('../table/index.ts');

export interface ReadRequest {
  /** As the user wrote it. */
  readonly path: string;
  readonly options: CommonOptions;
  readonly signal: AbortSignal;
}

/** Reads what is new or changed in a corpus, showing how far it has come. */
export async function readWithProgress({
  path,
  options,
  signal,
  tokenizer,
  force,
}: ReadRequest & { tokenizer?: string | undefined; force?: boolean | undefined }): Promise<{
  location: CorpusLocation;
  report: ReadReport;
}> {
  const { readCorpus, resolveCorpus } = await loadTable();
  const location = await resolveCorpus({ input: path, store: options.store });
  const progress = new ProgressLine({ stream: process.stderr, enabled: !options.json });
  try {
    const report = await readCorpus({
      location,
      key: options.key,
      tokenizer,
      force,
      signal,
      onProgress: (state) => progress.update(state),
      onWait: (holder) => {
        progress.clear();
        sayWaiting(holder);
      },
    });
    return { location, report };
  } finally {
    progress.clear();
  }
}

/**
 * Brings the corpus up to date (unless the user said `--no-read`), opens it, and closes it when `use` is done.
 *
 * @returns `incomplete` when files of the corpus were skipped, else what `use` returns.
 */
export async function withFreshCorpus(
  request: ReadRequest,
  use: (corpus: OpenCorpus, location: CorpusLocation) => Promise<ExitStatus>,
): Promise<ExitStatus> {
  const { options, signal } = request;
  const { openCorpus, resolveCorpus } = await loadTable();
  const location = options.read
    ? await readAndSay(request)
    : await resolveCorpus({ input: request.path, store: options.store });
  const corpus = await openCorpus({ location, signal, onWait: sayWaiting });
  try {
    const status = await use(corpus, location);
    const { skipped } = await corpus.summary();
    return status === exitStatus.done && skipped.length > 0 ? exitStatus.incomplete : status;
  } finally {
    corpus.close();
  }
}

async function readAndSay(request: ReadRequest): Promise<CorpusLocation> {
  const { location, report } = await readWithProgress(request);
  if (report.changed && !request.options.json) process.stderr.write(`${describeReading(report)}\n`);
  return location;
}

/** One line on what was done in this run and what the corpus now holds. */
export function describeReading(report: ReadReport): string {
  const { documents, tokens, skipped } = report;
  const held = `the corpus holds ${formatCount(documents, 'document')}, ${formatCount(tokens, 'token')}.`;
  const passed =
    skipped.length > 0 ? ` ${formatCount(skipped.length, 'file was', 'files were')} skipped.` : '';
  return `${describeRun(report)}; ${held}${passed}`;
}

function describeRun({ files, skipped, changed, seconds }: ReadReport): string {
  if (!changed) return 'Nothing has changed';
  const done: string[] = [];
  // Files that turned out unreadable are among those that were gone through.
  if (files.read > 0)
    done.push(`${skipped.length > 0 ? 'went through' : 'read'} ${formatCount(files.read, 'file')}`);
  if (files.removed > 0) done.push(`took out ${formatCount(files.removed, 'file')}`);
  if (done.length === 0) done.push('built the tables anew');
  const text = `${done.join(', ')} in ${formatSeconds(seconds)}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function sayWaiting(holder: string): void {
  process.stderr.write(`Waiting for ${holder}, which is using this corpus …\n`);
}
