import { shorten } from './display-text.ts';

const redrawMilliseconds = 100;
const barColumns = 20;

/** One line at the bottom of the terminal that tells what is going on. It shows nothing elsewhere. */
export class StatusLine {
  readonly #stream: NodeJS.WriteStream;
  readonly #enabled: boolean;
  #drawnAt = -Infinity;
  #shown = false;

  constructor({ stream, enabled }: { stream: NodeJS.WriteStream; enabled: boolean }) {
    this.#stream = stream;
    this.#enabled = enabled && stream.isTTY;
  }

  /** Shows a text, unless the last was shown a moment ago; `atOnce` shows it in any case. */
  show(text: () => string, { atOnce = false }: { atOnce?: boolean } = {}): void {
    if (!this.#enabled) return;
    const now = performance.now();
    if (!atOnce && now - this.#drawnAt < redrawMilliseconds) return;
    this.#drawnAt = now;
    this.#stream.write(`\r\u001b[2K${shorten(text(), this.#stream.columns - 1)}`);
    this.#shown = true;
  }

  /** Takes the line away, so that something else can be written. */
  clear(): void {
    if (!this.#shown) return;
    this.#stream.write('\r\u001b[2K');
    this.#shown = false;
  }
}

/** A bar that is filled to a share of 0 to 1. */
export function progressBar(share: number): string {
  const filled = Math.round(share * barColumns);
  return '█'.repeat(filled) + '░'.repeat(barColumns - filled);
}
