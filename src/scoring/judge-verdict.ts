/**
 * How the reply of a judge that was asked for `[[YES]]` or `[[NO]]` is read, in capitals only.
 *
 * - `qwenlong-l1`: "YES" anywhere, whatever else it says (QwenLong-L1, released code).
 * - `corpusqa`: `[[YES]]` and no `[[NO]]` (CorpusQA; the strict rule of our rewards).
 * - `spell`: "YES" and no "NO"; a "NOT" in capitals blocks it too (SPELL).
 */
export type VerdictRule = 'qwenlong-l1' | 'corpusqa' | 'spell';

/** Whether a judge's reply says that the answers are equal. */
export function judgeSaysYes(reply: string, rule: VerdictRule): boolean {
  switch (rule) {
    case 'qwenlong-l1':
      return reply.includes('YES');
    case 'corpusqa':
      return reply.includes('[[YES]]') && !reply.includes('[[NO]]');
    case 'spell':
      return reply.includes('YES') && !reply.includes('NO');
  }
}
