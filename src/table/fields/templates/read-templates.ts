import { BOOLEAN, DOUBLE, INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { recordFile, type RankedDocument } from '../document-order.ts';
import { forEachText } from '../document-texts.ts';
import { createTemporaryTable } from '../fill-table.ts';
import { mostFrequentSql } from '../most-frequent.ts';
import { readRows } from '../result-row.ts';
import { induceTemplates } from './induce-templates.ts';
import { findCodeLines, readCodeLines, type CodeLine } from './code-lines.ts';
import { joinFigures } from './join-figures.ts';
import { joinSlots } from './join-slots.ts';
import { joinPolarLabels, readPolarSlots } from './polar-slots.ts';
import { PolarStatements } from './polar-statements.ts';
import { splitModifiers } from './split-modifiers.ts';
import { proseSentences, proseTokens } from './prose-tokens.ts';
import type { SampleSentence } from './sentence-clusters.ts';
import { separateSlots, type Found } from './separate-slots.ts';
import { TemplateFinder } from './template-finder.ts';

/** The rule by which slots of recurring sentences are read. */
export const templateRule = 'sentence-template';

const sampledDocuments = 1500;
const sampledCharacters = 800_000;
const longestDocument = 20_000;
const fewestDocuments = 5;
const fewestShare = 0.03;
/** Documents of each round through the corpus. */
const partSize = 50;
const typedShare = 0.6;
/** Figures that other rules read in most sentences of a template are left to them, and what they missed has their label. */
const readElsewhere = 0.5;

/** Takes out what an earlier build has read, so that it is read anew. */
export async function forgetTemplateReadings(connection: DuckDBConnection): Promise<void> {
  await connection.run(`DELETE FROM store.readings WHERE rule = '${templateRule}'`);
}

/**
 * Reads prose that is written to patterns: sentences that come back in many documents with other words in the same
 * places. The patterns are found in a sample of the documents and held against all; what they have in their slots is
 * added to `store.readings`.
 *
 * @returns labels that mean the same, as their values show.
 */
export async function readTemplates({
  connection,
  documents,
}: {
  connection: DuckDBConnection;
  documents: readonly RankedDocument[];
}): Promise<string[][]> {
  const prose = documents.filter((document) => recordFile(document) === null);
  if (prose.length < fewestDocuments) return [];
  const sample = interleaved(prose).slice(0, sampledDocuments);
  const sentences: SampleSentence[] = [];
  let sampled = 0;
  await forEachText({
    connection,
    members: sample,
    longest: longestDocument,
    mostCharacters: sampledCharacters,
    visit: (document, text) => {
      sampled += 1;
      for (const { start, end } of proseSentences(text))
        sentences.push({ document, tokens: proseTokens(text, start, end) });
    },
  });
  const titles = new Map(prose.map(({ number, title }) => [number, title ?? '']));
  const fewest = Math.max(fewestDocuments, Math.ceil(sampled * fewestShare));
  const templates = induceTemplates(sentences, { fewest, titles });
  const polar = new PolarStatements(sentences, sampled);
  const found: Found[] = [];
  const answers: Found[] = [];
  const lines: CodeLine[] = [];
  const finder = new TemplateFinder(templates);
  await forEachText({
    connection,
    members: prose,
    visit: (document, text) => {
      lines.push(...findCodeLines(document, text));
      for (const { start, end } of proseSentences(text)) {
        for (const each of finder.find(text, start, end)) found.push({ ...each, document });
        const answer = polar.find(text, start, end);
        if (answer !== null) answers.push({ ...answer, document });
      }
    },
  });
  const typed = separateSlots(readPolarSlots(typeSlots(withoutNumbers(found))));
  const figures = joinFigures(typed, prose.length);
  const { named, alike } = joinSlots(splitModifiers(figures.named));
  const codes = readCodeLines(lines, prose.length);
  const stated = [...named, ...withoutContradictions(answers), ...codes.found];
  const elsewhere = await store(connection, stated);
  const same = new Map(elsewhere);
  return [
    ...elsewhere.map((labels) => [...labels]),
    ...polar.alike,
    ...codes.alike,
    ...joinPolarLabels(stated),
    ...[...alike, ...figures.alike].map((labels) => labels.map((label) => same.get(label) ?? label)),
  ];
}

/** Answers of documents that do not say both yes and no. */
function withoutContradictions(answers: readonly Found[]): Found[] {
  const groups = Map.groupBy(answers, ({ document, label }) => `${document} ${label}`);
  return [...groups.values()].flatMap((own) => {
    const said = new Set(own.map(({ typed }) => typed?.value.type === 'boolean' && typed.value.boolean));
    return said.size > 1 ? [] : own.slice(0, 1);
  });
}

/** In an order of which every beginning has documents of all parts. */
function interleaved(documents: readonly RankedDocument[]): RankedDocument[] {
  const step = Math.max(1, Math.ceil(documents.length / partSize));
  return Array.from({ length: step }, (_, first) =>
    documents.filter((_document, index) => index % step === first),
  ).flat();
}

/** "Company 006" is a name: what is counted with noughts before it is no value of its own. */
function withoutNumbers(found: readonly Found[]): Found[] {
  return [...Map.groupBy(found, ({ slot }) => slot).values()].flatMap((own) =>
    own.filter(({ text }) => /^0\d+$/.test(text)).length * 2 >= own.length ? [] : own,
  );
}

/** A slot states figures where most of what stands in it are some, and texts else. */
function typeSlots(found: readonly Found[]): Found[] {
  return [...Map.groupBy(found, ({ slot }) => slot).values()].flatMap((own) => {
    const typed = own.filter((each) => each.typed !== null);
    return typed.length >= own.length * typedShare ? typed : own.map((each) => ({ ...each, typed: null }));
  });
}

/** @returns labels with those under which other rules read most of what some of their slots hold. */
async function store(
  connection: DuckDBConnection,
  found: readonly Found[],
): Promise<(readonly [own: string, other: string])[]> {
  if (found.length === 0) return [];
  const slots = [...new Set(found.map(({ slot }) => slot))];
  const values = found.map(({ typed }) => typed?.value ?? null);
  await createTemporaryTable({
    connection,
    table: 'build_templated',
    columns: [
      { name: 'document', type: INTEGER, values: found.map(({ document }) => document) },
      { name: 'label', type: VARCHAR, values: found.map(({ label }) => label) },
      { name: 'slot', type: INTEGER, values: found.map(({ slot }) => slots.indexOf(slot)) },
      { name: 'period', type: VARCHAR, values: found.map(({ period }) => period) },
      { name: 'quote_start', type: INTEGER, values: found.map(({ start }) => start) },
      { name: 'value_start', type: INTEGER, values: found.map(({ valueStart }) => valueStart) },
      {
        name: 'value_end',
        type: INTEGER,
        values: found.map(({ valueStart, valueEnd, typed }) =>
          typed === null ? valueEnd : valueStart + typed.end,
        ),
      },
      { name: 'type', type: VARCHAR, values: values.map((value) => value?.type ?? 'text') },
      {
        name: 'number',
        type: DOUBLE,
        values: values.map((value) =>
          value?.type === 'number' || value?.type === 'percentage' ? value.number : null,
        ),
      },
      {
        name: 'unit',
        type: VARCHAR,
        values: values.map((value) => (value?.type === 'number' ? value.unit : null)),
      },
      {
        name: 'date',
        type: VARCHAR,
        values: values.map((value) => (value?.type === 'date' ? value.date : null)),
      },
      {
        name: 'boolean',
        type: BOOLEAN,
        values: values.map((value) => (value?.type === 'boolean' ? value.boolean : null)),
      },
      { name: 'text', type: VARCHAR, values: found.map(({ text, typed }) => (typed === null ? text : null)) },
    ],
  });
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE build_templated_read AS
    SELECT document, value_start, min(label) AS label FROM store.readings
    SEMI JOIN build_templated USING (document, value_start)
    WHERE rule <> 'sentence-open' GROUP BY document, value_start;
    CREATE OR REPLACE TEMP TABLE build_templated_elsewhere AS
    SELECT t.slot, ${mostFrequentSql('r.label')} AS label FROM build_templated t
    LEFT JOIN build_templated_read r USING (document, value_start)
    GROUP BY t.slot HAVING count(r.document) >= count(*) * ${readElsewhere};
    INSERT INTO store.readings (document, ordinal, section, label, quote_start, quote_end, value_start, value_end,
      type, number, unit, date, boolean, text, period, rule)
    SELECT t.document, coalesce(m.last, -1) + row_number() OVER (PARTITION BY t.document ORDER BY t.value_start, t.label),
      '', coalesce(e.label, t.label), quote_start, value_end, t.value_start, value_end, type, number, unit, date, boolean,
      text, period, '${templateRule}'
    FROM build_templated t LEFT JOIN build_templated_elsewhere e ON e.slot = t.slot
    LEFT JOIN build_templated_read r ON r.document = t.document AND r.value_start = t.value_start
    LEFT JOIN (SELECT document, max(ordinal) AS last FROM store.readings GROUP BY document) m
      ON m.document = t.document
    WHERE e.slot IS NULL OR r.document IS NULL`);
  const elsewhere = await readRows(
    connection,
    `WITH pairs AS (SELECT t.label, min(e.label) AS other FROM build_templated t
       JOIN build_templated_elsewhere e USING (slot) GROUP BY t.label)
     SELECT label, other FROM pairs WHERE NOT EXISTS (
       SELECT 1 FROM build_templated o JOIN store.readings r ON r.document = o.document
       WHERE o.label = pairs.label AND r.label = pairs.other
         AND o.slot NOT IN (SELECT slot FROM build_templated_elsewhere))`,
  );
  await connection.run(
    'DROP TABLE build_templated_read; DROP TABLE build_templated; DROP TABLE build_templated_elsewhere',
  );
  return elsewhere.map((row) => [row.text('label'), row.text('other')]);
}
