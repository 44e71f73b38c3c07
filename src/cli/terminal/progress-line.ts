import { shorten } from './display-text.ts';
import { formatSeconds, formatShort } from './numbers.ts';

export interface Progress {
  readonly phase: 'listing' | 'reading' | 'tabulating';
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly documents: number;
  readonly tokens: number;
}

const redrawMilliseconds = 100;
const barColumns = 20;
/** A forecast made from less than this is a guess. */
const forecastAfterSeconds = 1;

/** One line at the bottom of the terminal that tells how far reading has come. It shows nothing elsewhere. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  readonly #enabled: boolean;
  #readingSince = 0;
  #drawnAt = 0;
  #phase: Progress['phase'] | null = null;
  #shown = false;

  constructor({ stream, enabled }: { stream: NodeJS.WriteStream; enabled: boolean }) {
    this.#stream = stream;
    this.#enabled = enabled && stream.isTTY;
  }

  update(progress: Progress): void {
    if (!this.#enabled) return;
    const now = performance.now();
    const newPhase = progress.phase !== this.#phase;
    if (newPhase && progress.phase === 'reading') this.#readingSince = now;
    if (!newPhase && now - this.#drawnAt < redrawMilliseconds) return;
    this.#phase = progress.phase;
    this.#drawnAt = now;
    const line = describeProgress(progress, (now - this.#readingSince) / 1000);
    this.#stream.write(`\r\u001b[2K${shorten(line, this.#stream.columns - 1)}`);
    this.#shown = true;
  }

  /** Takes the line away, so that something else can be written. */
  clear(): void {
    if (!this.#shown) return;
    this.#stream.write('\r\u001b[2K');
    this.#shown = false;
  }
}

/** What the line says after `seconds` of reading. */
export function describeProgress(progress: Progress, seconds: number): string {
  if (progress.phase === 'listing') return 'Looking for files …';
  const { filesDone, filesTotal, documents, tokens } = progress;
  const amounts = `${formatShort(documents)} documents  ${formatShort(tokens)} tokens`;
  if (progress.phase === 'tabulating') return `Building the tables …  ${amounts}`;
  const share = filesTotal === 0 ? 1 : filesDone / filesTotal;
  const filled = Math.round(share * barColumns);
  const bar = '█'.repeat(filled) + '░'.repeat(barColumns - filled);
  const parts = [`Reading ${bar} ${filesDone}/${filesTotal} files`, amounts];
  if (seconds > forecastAfterSeconds && filesDone > 0) {
    parts.push(`${formatShort(tokens / seconds)} tokens/s`);
    parts.push(`${formatSeconds(Math.max(1, Math.round((seconds / share) * (1 - share))))} left`);
  }
  return parts.join('  ');
}
