import { z } from 'zod';
import { splitIntoWindows } from '../../corpus/index.ts';
import { addCosts, noCost, type Cost, type ModelClient } from '../../models/index.ts';
import { writeFieldProposalPrompt, type Passage } from '../../models/prompts/index.ts';
import { fieldTypes, type FieldType } from '../catalog.ts';
import { toIdentifier } from '../fields/identifiers.ts';
import { passageTitle } from '../passage-title.ts';
import type { OpenCorpus } from '../store/open-corpus.ts';
import { outputTokens } from './extraction-request.ts';

/** A field as a fields file says it. */
export interface ProposedField {
  readonly name: string;
  readonly description: string;
  readonly type: FieldType;
  readonly values?: readonly string[];
}

export interface FieldProposal {
  readonly fields: readonly ProposedField[];
  /** How many samples of the corpus were looked at. */
  readonly samples: number;
  readonly cost: Cost;
}

const proposalSchema = z.object({
  fields: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      type: z.enum(fieldTypes),
      values: z.array(z.string()),
    }),
  ),
});

type Proposed = z.output<typeof proposalSchema>['fields'][number];

/** The model sees so many samples, so many times over, each time others. */
const samplesAtOnce = 3;
const rounds = 4;
const longestSampleTokens = 3_000;
const maximumFields = 15;

/**
 * Proposes fields to read from samples spread over the corpus. Each round sees other documents; a field that at least
 * half of the rounds propose is in, those that most propose first.
 *
 * @throws {ModelError} when the model gives no proposal.
 */
export async function proposeFields({
  corpus,
  model,
  signal,
}: {
  corpus: OpenCorpus;
  model: ModelClient;
  signal?: AbortSignal | undefined;
}): Promise<FieldProposal> {
  const samples = await takeSamples({ corpus, model, signal });
  const size = Math.min(rounds, Math.ceil(samples.length / samplesAtOnce));
  const proposals: Proposed[][] = [];
  let cost = noCost;
  for (let round = 0; round < size; round += 1) {
    const passages = samples.filter((_, index) => index % size === round);
    const reply = await model.generateObject({
      purpose: 'field-proposal',
      messages: [{ role: 'user', content: writeFieldProposalPrompt({ passages, maximumFields }) }],
      maximumOutputTokens: outputTokens(model.limits),
      temperature: 0,
      schema: proposalSchema,
      schemaName: 'fields',
      signal,
    });
    proposals.push(reply.value.fields);
    cost = addCosts(cost, reply.cost);
  }
  return { fields: agreeOn(proposals), samples: samples.length, cost };
}

async function takeSamples({
  corpus,
  model: { tokenizer, limits },
  signal,
}: {
  corpus: OpenCorpus;
  model: ModelClient;
  signal: AbortSignal | undefined;
}): Promise<Passage[]> {
  const { rows } = await corpus.sql('SELECT id FROM documents ORDER BY path, id');
  const wanted = Math.min(rows.length, samplesAtOnce * rounds);
  const ids = Array.from({ length: wanted }, (_, index) =>
    String(rows[Math.floor((index * rows.length) / wanted)]?.[0]),
  );
  const room = Math.floor((limits.windowTokens - outputTokens(limits)) / (samplesAtOnce + 1));
  const maximumTokens = Math.max(1, Math.min(longestSampleTokens, room));
  const samples: Passage[] = [];
  for await (const document of corpus.documents({ ids, signal })) {
    const [first] = splitIntoWindows({ text: document.text, tokenizer, maximumTokens });
    const text = document.text.slice(0, first?.end ?? 0);
    samples.push({ title: passageTitle(document), text });
  }
  return samples;
}

/** The fields that at least half of the proposals name. Type and values are those that most of these give. */
function agreeOn(proposals: readonly (readonly Proposed[])[]): ProposedField[] {
  const byName = Map.groupBy(
    proposals.flatMap((fields) =>
      new Map(fields.map((field) => [toIdentifier(field.name), field])).values().toArray(),
    ),
    ({ name }) => toIdentifier(name),
  );
  byName.delete('');
  const agreed = [...byName].filter(([, same]) => same.length * 2 >= proposals.length);
  return agreed
    .sort(([, left], [, right]) => right.length - left.length)
    .slice(0, maximumFields)
    .map(([name, same]): ProposedField => {
      const types = Map.groupBy(same, ({ type }) => type);
      const [type = 'text'] = [...types.keys()].sort(
        (left, right) => (types.get(right)?.length ?? 0) - (types.get(left)?.length ?? 0),
      );
      const values = [...new Set(same.flatMap((each) => each.values))];
      return {
        name,
        description: same[0]?.description ?? '',
        type,
        ...(type === 'category' && values.length > 0 && { values }),
      };
    });
}
