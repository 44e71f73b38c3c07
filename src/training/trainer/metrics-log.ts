import { appendFile, readFile, stat, truncate } from 'node:fs/promises';

export const metricsFileName = 'metrics.jsonl';

/** What is known of a step, as a line of `metrics.jsonl`. */
export interface MetricsRecord {
  readonly stage: string;
  /** The step of the stage, from 1; 0 for what was measured before the first. */
  readonly step: number;
  /** Steps of the stage. */
  readonly steps: number;
  readonly [metric: string]: string | number;
}

/** A JSONL file with a line for each step. */
export class MetricsLog {
  readonly #path: string;
  #bytes: number;

  private constructor(path: string, bytes: number) {
    this.#path = path;
    this.#bytes = bytes;
  }

  /** @param bytes How much of the file a checkpoint knows of: what came after it is cut off, as it will come again. */
  static async open(path: string, bytes: number): Promise<MetricsLog> {
    const size = (await stat(path).catch(() => null))?.size ?? 0;
    if (size > bytes) await truncate(path, bytes);
    return new MetricsLog(path, Math.min(size, bytes));
  }

  /** The length of the file, for a checkpoint. */
  get bytes(): number {
    return this.#bytes;
  }

  async append(record: MetricsRecord): Promise<void> {
    const line = Buffer.from(`${JSON.stringify(record)}\n`);
    await appendFile(this.#path, line);
    this.#bytes += line.length;
  }
}

/** The records of a run. */
export async function readMetrics(path: string): Promise<MetricsRecord[]> {
  const text = await readFile(path, 'utf8');
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as MetricsRecord]));
}
