import { cleanInline } from './inline-markup.ts';
import { cleanSlice } from './clean-text.ts';
import type { CleanText } from './clean-text.ts';
import { labelLikeness } from './label-likeness.ts';
import type { Line } from './lines.ts';

const boldLabel = /(?:\*\*|__)([^*_\n:：]{2,80})(?::|：)?(?:\*\*|__)\s*(:|：)?/gu;
const longestLine = 4000;

/** Labels in bold with what follows each: `**Location:** Lima **Area:** 43 km²`. Null for fewer than two. */
export function readBoldPairs(
  text: string,
  line: Line,
): readonly { readonly label: string; readonly start: number; readonly value: CleanText }[] | null {
  if (line.end - line.contentStart > longestLine) return null;
  const raw = text.slice(line.contentStart, line.end);
  if (!/^(?:\*\*|__)/u.test(raw)) return null;
  const marks = [...raw.matchAll(boldLabel)].filter(
    (match) => /[:：]/u.test(match[0]) && labelLikeness((match[1] ?? '').trim()) === 'strong',
  );
  if (marks.length < 2 || marks[0]?.index !== 0) return null;
  return marks.map((match, index) => {
    const valueStart = line.contentStart + match.index + match[0].length;
    const end = line.contentStart + (marks[index + 1]?.index ?? raw.length);
    const value = withoutSeparator(cleanInline(text, valueStart, end));
    return { label: (match[1] ?? '').trim(), start: line.contentStart + match.index, value };
  });
}

/** What parts one pair from the next belongs to neither. */
function withoutSeparator(value: CleanText): CleanText {
  const end = value.text.replace(/\s*[|;·•,]$/u, '').length;
  return end === value.text.length ? value : cleanSlice(value, 0, end);
}
