/** The published data sets that can be run: one adapter a file. */
import { BenchmarkError } from '../benchmark-error.ts';
import type { DatasetItem } from '../dataset-item.ts';
import { corpusQa } from './corpusqa.ts';
import type { DatasetAdapter } from './dataset-adapter.ts';
import { docMath } from './docmath.ts';
import { frames } from './frames.ts';
import { longBenchV1 } from './longbench-v1.ts';
import { longBenchV2 } from './longbench-v2.ts';
import { loong } from './loong.ts';
import { mrcr } from './mrcr.ts';
import { hotpotQa, musique } from './multi-hop.ts';
import { oolong } from './oolong.ts';
import { ruler } from './ruler.ts';

export type { DatasetAdapter } from './dataset-adapter.ts';

export const datasetAdapters: readonly DatasetAdapter[] = [
  corpusQa,
  longBenchV1,
  longBenchV2,
  frames,
  docMath,
  mrcr,
  loong,
  oolong,
  hotpotQa,
  musique,
  ruler,
];

/**
 * The questions of a published data set, one after the other.
 *
 * @throws {BenchmarkError} when there is no such data set, or its file cannot be read.
 */
export function readDataset({ name, path }: { name: string; path: string }): AsyncGenerator<DatasetItem> {
  const adapter = datasetAdapters.find((each) => each.name === name.toLowerCase());
  if (adapter !== undefined) return adapter.read(path);
  throw new BenchmarkError({
    message: `There is no data set ${name}.`,
    remedy: `There are ${datasetAdapters.map((each) => each.name).join(', ')}.`,
  });
}
