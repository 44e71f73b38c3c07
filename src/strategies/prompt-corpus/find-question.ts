/** A question, apart from the text it is asked about. */
export interface FoundQuestion {
  readonly question: string;
  /** Demands on the form of the answer that came with it, or null. */
  readonly instructions: string | null;
  /** The rest of the message: what the question is asked about. */
  readonly context: string;
  /** In words: `after "# Question:"`. */
  readonly place: string;
}

/** A question longer than this is rather a document. */
export const longestQuestion = 8_000;

/**
 * Finds the question in a message, in this order: around `<text>…</text>` (the layout of QwenLong-L1, whose
 * documents are within); after the last `# Question:` line (CorpusQA's layout) or one like it; in `<question>`; the
 * whole message, where it is short and others hold the documents; its last paragraph, or its first where only that one
 * asks.
 *
 * Markers count from the end of the message, since what a document contains stands before the question.
 *
 * @param options.isAlone whether nothing else holds the documents, so that they must be in this message.
 * @returns null where no part of the message looks like its question.
 */
export function findQuestion(message: string, { isAlone }: { isAlone: boolean }): FoundQuestion | null {
  const text = message.trim();
  const marked = aroundText(text) ?? afterMarker(text) ?? inElement(text);
  if (marked !== null) return marked;
  if (isAlone || text.length > longestQuestion) return byParagraph(text);
  return found({ asked: text, context: '', place: 'the last message' });
}

function found({
  asked,
  context,
  place,
}: {
  asked: string;
  context: string;
  place: string;
}): FoundQuestion | null {
  const { question, instructions } = splitInstructions(asked);
  if (question === '' || question.length > longestQuestion) return null;
  return { question, instructions, context: context.trim(), place };
}

/** Lines with which the layouts of CorpusQA and QwenLong-L1, and people, begin to speak of the answer's form. */
const instructionsStart =
  /^(?:# *(?:Output requirements?\b|Answer format\b|输出要求).*|Format your response as follows:.*)$/im;

function splitInstructions(asked: string): { question: string; instructions: string | null } {
  const start = asked.search(instructionsStart);
  if (start <= 0) return { question: asked.trim(), instructions: null };
  return { question: asked.slice(0, start).trim(), instructions: asked.slice(start).trim() };
}

/** The order that stands above the text in the layout of QwenLong-L1; it asks nothing by itself. */
const readAndAnswer = /^please read the (?:following )?text and answer the questions? below\.?$/i;

function aroundText(text: string): FoundQuestion | null {
  const open = /^[ \t]*<text>/im.exec(text);
  const close = text.lastIndexOf('</text>');
  if (open === null || close < open.index + open[0].length) return null;
  const before = text.slice(0, open.index).trim();
  const after = text.slice(close + '</text>'.length).trim();
  const asked = [readAndAnswer.test(before) ? '' : before, after].filter((part) => part !== '').join('\n\n');
  const context = text.slice(open.index + open[0].length, close);
  return found({ asked, context, place: 'around <text>…</text>' });
}

const questionMarker =
  /^[ \t]*(?<marker>#{1,6} *(?:Question|Query|问题)(?: *[:：]|(?=[ \t]*$))|\**(?:Question|Query|问题) *[:：]\**)[ \t]*/gim;
/** A question that comes first has at most an order to the model above it. */
const longestPreamble = 2_000;

function afterMarker(text: string): FoundQuestion | null {
  const markers = [...text.matchAll(questionMarker)];
  const [first, last] = [markers[0], markers.at(-1)];
  if (first === undefined || last === undefined) return null;
  const marker = (last.groups?.['marker'] ?? '').trim();
  const asked = text.slice(last.index + last[0].length);
  // Interviews and quizzes have lines of "Question:" too; a heading has more weight.
  const isOneParagraph = !/\n\s*\n/.test(splitInstructions(asked).question);
  if (marker.startsWith('#') || isOneParagraph) {
    const result = found({ asked, context: text.slice(0, last.index), place: `after "${marker}"` });
    if (result !== null) return result;
  }
  if (first.index > longestPreamble) return null;
  const rest = text.slice(first.index + first[0].length).trimStart();
  const end = rest.search(/\n\s*\n|\n(?=#{1,6} )/);
  if (end === -1) return null;
  const context = `${text.slice(0, first.index)}${rest.slice(end)}`;
  return found({ asked: rest.slice(0, end), context, place: `after "${marker}" at the beginning` });
}

function inElement(text: string): FoundQuestion | null {
  const close = text.lastIndexOf('</question>');
  const open = text.lastIndexOf('<question>', close);
  if (close === -1 || open === -1) return null;
  const after = text.slice(close + '</question>'.length).trim();
  if (after.length > longestQuestion) return null;
  const result = found({
    asked: text.slice(open + '<question>'.length, close),
    context: text.slice(0, open),
    place: 'in <question>',
  });
  if (result === null || after === '') return result;
  return {
    ...result,
    instructions: [result.instructions, after].filter((part) => part !== null).join('\n\n'),
  };
}

const questionMark = /[?？]/;
const asksFor =
  /^(?:please |now |then )?(?:list|name|find|count|compare|summari[sz]e|calculate|compute|give|tell|show|identify|determine|explain|describe|write|translate|extract|rank|sort|which|what|who|whose|how|when|where|why)\b/i;
const longestParagraph = 2_000;

function byParagraph(text: string): FoundQuestion | null {
  const lastBreak = text.lastIndexOf('\n\n');
  const firstBreak = text.indexOf('\n\n');
  if (lastBreak === -1) return null;
  const last = text.slice(lastBreak).trim();
  const first = text.slice(0, firstBreak).trim();
  const mayAsk = (paragraph: string): boolean =>
    paragraph.length <= longestParagraph && (questionMark.test(paragraph) || asksFor.test(paragraph));
  if (mayAsk(last)) {
    return found({ asked: last, context: text.slice(0, lastBreak), place: 'the last paragraph' });
  }
  if (!mayAsk(first)) return null;
  return found({ asked: first, context: text.slice(firstBreak), place: 'the first paragraph' });
}
