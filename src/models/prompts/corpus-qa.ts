/*
 * The prompt of CorpusQA (spec §4 of the benchmark's paper, appendix; its white space was restored from print): all
 * documents, numbered, then the question, then what form the answer must have.
 */
import { readPassage, writePassage, type Passage } from './passage.ts';

/** What an answer must look like, for every prompt whose answer is read by a program. */
export const outputRequirements = `# Output requirements:
 1. Your answer can only be one of the following types: a list of strings (including empty list "[]"), a single short string, a number (floating point numbers should retain 2 decimal places, without units), or a percentage (retain 2 decimal places).
 2. To output the date, use the format "YYYY-MM".
 3. If multiple files contain a conflicting value for the same item, please use the value from the latest file.
 4. Please place the final answer at the end, and strictly use the format: The answer is: xxx.
# Answer format examples:
 - For a list of strings: The answer is: ["NETFLIX INC", "H&R BLOCK INC"]
 - For a single string: The answer is: "South"
 - For a number: The answer is: 1234567.89
 - For a percentage: The answer is: 12.34%`;

/** One document of the prompt, numbered from 1. The prompt is these and `corpusQaQuestion`, one after the other. */
export function corpusQaDocument(number: number, passage: Passage): string {
  return `# Document ${number}:\n${writePassage(passage)}\n`;
}

const requirementsHeading = '# Output requirements:';

/**
 * The end of the prompt.
 *
 * @param instructions what the answer must look like, in place of CorpusQA's own output requirements.
 */
export function corpusQaQuestion(question: string, instructions: string = outputRequirements): string {
  const demands = instructions.trim();
  const headed = demands.startsWith(requirementsHeading) ? demands : `${requirementsHeading}\n${demands}`;
  return `# Question:\n${question.trim()}\n\n${headed}`;
}

/** The whole prompt, for what fits into one. */
export function writeCorpusQaPrompt({
  passages,
  question,
}: {
  passages: readonly Passage[];
  question: string;
}): string {
  const documents = passages.map((passage, index) => corpusQaDocument(index + 1, passage));
  return [...documents, corpusQaQuestion(question)].join('');
}

/** What a prompt in this layout holds; a document that states no title has null. */
export interface CorpusQaPrompt {
  readonly documents: readonly { readonly title: string | null; readonly text: string }[];
  readonly question: string;
}

const documentLine = /^# Document (?<number>\d+):[ \t]*$/gm;
const questionLine = /^# Question:[ \t]*$/gm;
const requirementsLine = /^# Output requirements:/m;

/**
 * Takes a prompt in this layout apart, or returns null where it is none. In prompts that others wrote, marks within
 * documents are not escaped: the last question counts, and a document only where the numbers go on from the one before.
 */
export function readCorpusQaPrompt(prompt: string): CorpusQaPrompt | null {
  const asked = [...prompt.matchAll(questionLine)].at(-1);
  if (asked === undefined) return null;
  const rest = prompt.slice(asked.index + asked[0].length);
  const end = rest.search(requirementsLine);
  const question = (end < 0 ? rest : rest.slice(0, end)).trim();
  if (question === '') return null;
  const body = prompt.slice(0, asked.index);
  const starts = documentStarts(body);
  const documents = starts.map(({ end: start }, index) => {
    const written = body.slice(start, starts[index + 1]?.start).trim();
    return readPassage(written) ?? { title: null, text: written };
  });
  return { documents: documents.filter(({ text }) => text !== ''), question };
}

interface DocumentStart {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** Where documents begin. A prompt whose middle was cut out lacks some numbers, but has none twice. */
function documentStarts(body: string): DocumentStart[] {
  const found = [...body.matchAll(documentLine)].map((match) => ({
    number: Number(match.groups?.['number']),
    start: match.index,
    end: match.index + match[0].length + 1,
  }));
  const numbers = new Set(found.map(({ number }) => number));
  const starts: DocumentStart[] = [];
  for (const mark of found) {
    const last = starts.at(-1)?.number ?? 0;
    if (mark.number === last + 1 || (mark.number > last && !numbers.has(last + 1))) starts.push(mark);
  }
  return starts;
}
