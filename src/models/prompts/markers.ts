/*
 * Document text is data. Where it reads like a mark of the project's own prompts (a document that quotes
 * `# Question:`, a memory that holds `</memory>`), the mark gets a backslash, as Markdown escapes its own; so a
 * prompt's parts are where the prompt puts them, whatever the documents say, and the text can be had back exactly.
 */

const elements = [
  'text',
  'documents?',
  'section',
  'problem',
  'previous_memory',
  'memory',
  'plan',
  'question',
  'format',
  'schema',
  'fields',
  'think',
];

const headings = ['Document[ \\t]+\\d+', 'Question', 'Output requirements', 'Answer format examples'];

const phrases = ['The answer is', 'Cannot answer', 'Updated memory', 'Your answer'];

/** A mark: what stands before its backslashes, these, and the rest of it. */
const marks = [
  `(^[ \\t]*)(\\\\*)(#[ \\t]*(?:${headings.join('|')})[ \\t]*:)`,
  `()(\\\\*)(</?(?:${elements.join('|')})(?:[ \\t][^<>\\n]{0,300})?>)`,
  `((?:${phrases.join('|')})[ \\t]*)(\\\\*)([:：])`,
].map((mark) => new RegExp(mark, 'gim'));

/** The text with a backslash at everything in it that reads like a mark of a prompt. */
export function escapeMarkers(text: string): string {
  return marks.reduce((escaped, mark) => escaped.replace(mark, '$1\\$2$3'), text);
}

/** The text that `escapeMarkers` was given. */
export function unescapeMarkers(escaped: string): string {
  return marks.reduce(
    (text, mark) =>
      text.replace(mark, (_, before: string, backslashes: string, rest: string) =>
        before.concat(backslashes.slice(1), rest),
      ),
    escaped,
  );
}
