import type { Tokenizer } from '../../corpus/index.ts';
import type { OpenCorpus } from '../../table/index.ts';
import { inventName } from '../counterfactual/invent-name.ts';
import { createRandom } from '../random.ts';
import type { BuildProgress } from './build-settings.ts';
import type { ConsensusRule } from './consensus.ts';
import { CopyMaker, type Copy } from './copy-maker.ts';
import { corpusDocuments, type DocumentSource } from './document-source.ts';
import type { StatedValue, TruthTable } from './truth-table.ts';
import { wholeCorpusLimits } from './whole-corpus-limits.ts';

/** Some copies turn out not to be certain, and no set is filled to its last token. */
const spare = 1.04;
/** What stands before each document in a prompt. */
const headingTokens = 20;
/** So often more copies are made for those that were not certain. */
const mostRounds = 4;

/** Real documents and copies of them, with what is true of both. */
export interface CopiedCorpus {
  readonly truth: TruthTable;
  readonly source: DocumentSource;
}

/**
 * Fills a corpus up to the longest set with counterfactual copies of the documents of which all is certain. The truth
 * follows what is drawn: a value of a copy is what now stands where the original states it. It counts as certain when
 * nothing else in the copy says otherwise and, by the rule `two`, when it is stated twice or the second reader finds it in
 * the copy as well; a copy of which a value is not certain is left out. Copies are not kept: their texts are made again
 * whenever they are gone through.
 */
export async function withCopies({
  corpus,
  tokenizer,
  truth,
  request: { lengths, seed, consensus },
  signal,
  onProgress,
}: {
  corpus: OpenCorpus;
  tokenizer: Tokenizer;
  truth: TruthTable<StatedValue>;
  request: {
    readonly lengths: readonly number[];
    readonly seed: string;
    readonly consensus: ConsensusRule;
  };
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: BuildProgress) => void) | undefined;
}): Promise<CopiedCorpus> {
  const real = corpusDocuments(corpus, tokenizer, truth.entities);
  const sizes = await entitySizes(corpus, truth);
  let missing = Math.max(...lengths) - [...sizes.values()].reduce((sum, each) => sum + each, 0);
  if (missing <= 0) return { truth, source: real };
  const maker = new CopyMaker({ corpus, tokenizer, truth, consensus, seed, signal });
  const inTurn = entitiesInTurn({ truth, seed });
  for (let round = 0, made = 1; round < mostRounds && missing > 0 && made > 0; round += 1) {
    const planned: Copy[] = [];
    for (
      let left = missing * spare;
      left > 0;
      left -= Math.max(1, sizes.get(planned.at(-1)?.entity.key ?? '') ?? 0)
    ) {
      const next = inTurn.next();
      if (next.done === true) break;
      planned.push(next.value);
    }
    made = await maker.make(planned, (done, total) => onProgress?.({ phase: 'copying', done, total }));
    missing -= made;
  }
  return {
    truth: { ...truth, entities: [...truth.entities, ...maker.entities] },
    source: withCopied(real, maker),
  };
}

/** The documents of the corpus, and the copies beside them. */
function withCopied(real: DocumentSource, copies: CopyMaker): DocumentSource {
  return {
    list: async (used) => new Map([...(await real.list(used)), ...copies.documents]),
    documents: async function* ({ ids, signal }) {
      yield* real.documents({ ids, signal });
      yield* copies.texts(ids, signal);
    },
  };
}

async function entitySizes(
  corpus: OpenCorpus,
  { entities }: TruthTable,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await corpus.sql('SELECT id, tokens FROM documents', { limits: wholeCorpusLimits });
  const tokens = new Map(rows.map(([id, count]) => [String(id), Number(count) + headingTokens]));
  return new Map(
    entities.map(({ key, documents }) => [
      key,
      documents.reduce((sum, id) => sum + (tokens.get(id) ?? 0), 0),
    ]),
  );
}

/** Copies of all entities in turn, each time around in another order drawn by seed. */
function* entitiesInTurn({
  truth: { entities },
  seed,
}: {
  truth: TruthTable<StatedValue>;
  seed: string;
}): Generator<Copy, undefined> {
  const random = createRandom(`${seed}/copies`);
  const taken = new Set(entities.map(({ key }) => key));
  for (let round = 1; entities.length > 0; round += 1) {
    const order = entities
      .map((entity) => ({ entity, place: random() }))
      .toSorted((one, other) => one.place - other.place);
    for (const { entity } of order) {
      yield { entity, name: inventName(random, taken), seed: `${seed}/${entity.key}/${round}` };
    }
  }
}
