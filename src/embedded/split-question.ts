import { writeSplitQuestion } from '../models/prompts/index.ts';

const sentenceEnd = /(?<=[.!?？。！])\s+|\n+/;
/** Words with which a sentence speaks of the answer's form and not of its content. */
const formWords =
  /\b(?:json|xml|csv|markdown|bullets?|format(?:ted)?|schema|output|decimals?|decimal places|double quotes|one word|single (?:word|number|line)|no (?:explanation|prose|other text)|step by step)\b|^(?:please )?(?:answer|respond|reply|return|write|output|format|place|put|end|use|give (?:me )?(?:only|just) the|do not (?:explain|include))\b/i;

/** Takes a request apart: sentences about the form of the answer are demands, the others the question. */
export function splitQuestion(request: string): string {
  const sentences = request.split(sentenceEnd).filter((sentence) => sentence.trim() !== '');
  const demands = sentences.filter((sentence) => formWords.test(sentence.trim()));
  const asked = sentences.filter((sentence) => !demands.includes(sentence));
  return asked.length === 0
    ? writeSplitQuestion({ question: request, instructions: '' })
    : writeSplitQuestion({ question: asked.join(' '), instructions: demands.join('\n') });
}
