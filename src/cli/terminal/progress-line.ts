import { formatSeconds, formatShort } from './numbers.ts';
import { progressBar, StatusLine } from './status-line.ts';

export interface Progress {
  readonly phase: 'listing' | 'reading' | 'tabulating';
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly documents: number;
  readonly tokens: number;
}

/** A forecast made from less than this is a guess. */
const forecastAfterSeconds = 1;

/** Tells how far reading has come. */
export class ProgressLine {
  readonly #line: StatusLine;
  #readingSince = 0;
  #phase: Progress['phase'] | null = null;

  constructor(terminal: { stream: NodeJS.WriteStream; enabled: boolean }) {
    this.#line = new StatusLine(terminal);
  }

  update(progress: Progress): void {
    const now = performance.now();
    const isNewPhase = progress.phase !== this.#phase;
    if (isNewPhase && progress.phase === 'reading') this.#readingSince = now;
    this.#phase = progress.phase;
    const seconds = (now - this.#readingSince) / 1000;
    this.#line.show(() => describeProgress(progress, seconds), { atOnce: isNewPhase });
  }

  /** Takes the line away, so that something else can be written. */
  clear(): void {
    this.#line.clear();
  }
}

/** What the line says after `seconds` of reading. */
export function describeProgress(progress: Progress, seconds: number): string {
  if (progress.phase === 'listing') return 'Looking for files …';
  const { filesDone, filesTotal, documents, tokens } = progress;
  const amounts = `${formatShort(documents)} documents  ${formatShort(tokens)} tokens`;
  if (progress.phase === 'tabulating') return `Building the tables …  ${amounts}`;
  const share = filesTotal === 0 ? 1 : filesDone / filesTotal;
  const parts = [`Reading ${progressBar(share)} ${filesDone}/${filesTotal} files`, amounts];
  if (seconds > forecastAfterSeconds && filesDone > 0) {
    parts.push(`${formatShort(tokens / seconds)} tokens/s`);
    parts.push(`${formatSeconds(Math.max(1, Math.round((seconds / share) * (1 - share))))} left`);
  }
  return parts.join('  ');
}
