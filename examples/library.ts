/**
 * The library in a few lines: read a folder, ask in English, ask in SQL.
 *
 *   npm run demo                                     makes the folder used here
 *   node examples/library.ts [FOLDER] ["question"]
 */
import { answerByTable, openCorpus, readCorpus, resolveCorpus } from '../src/index.ts'; // 'corpuscope' in your project

const [
  folder = '.cache/demo/countries',
  question = 'What is the average median age of the 10 countries with the highest GDP per capita (PPP)?',
] = process.argv.slice(2);

const location = await resolveCorpus({ input: folder });
const report = await readCorpus({ location });
console.log(`${report.documents} documents, ${report.skipped.length} files skipped`);

const corpus = await openCorpus({ location });
try {
  const answer = await answerByTable({ corpus, question });
  if (answer.status === 'answered') {
    console.log(answer.value, answer.unit ?? '');
    for (const { document, location, quote } of answer.evidence.slice(0, 3)) {
      console.log(`  ${document}, ${location}: ${quote}`);
    }
  } else {
    console.log(answer.status, answer.reason);
  }

  for (const table of corpus.catalog.tables) {
    const { rows } = await corpus.sql(`SELECT count(*) FROM "${table.name}"`);
    console.log(table.name, rows[0]?.[0], 'rows,', table.columns.length, 'fields');
  }
} finally {
  corpus.close();
}
