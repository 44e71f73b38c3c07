import { monthPattern } from '../values/months.ts';

const separators = /\s*(?::\s|\s[|–—/-]\s)\s*/u;
const period = new RegExp(
  String.raw`(?:^|[\s,;:(\[/–—-]+)(?:(?:for|of|in)\s)?(?:(?:${monthPattern}|[QH][1-4]|(?:calendar |iso )?week \d{1,2},?|\d{1,2}[./])[\s,/-]{0,2})?(?:FY\s?)?(?:19|20)\d{2}(?:[/–-]\d{2,4})?(?:[\s-]?[QH][1-4]|-W\d{2})?(?=$|[\s,;:)\]–—-])[)\]]?`,
  'giu',
);
const edges = /^[\s,;:/–—-]+|[\s,;:/–—-]+$/gu;
/** "the season of Oxbury": what stands before a name in lower case is not part of it. */
const leadingWords = /^(?:\p{Ll}+\s){1,5}(?:of|for|at|on|in)\s(?=\p{Lu})/u;
/** "Oxbury WIND FARM": words in capitals throughout, behind a name that is not. */
const inCapitals = /^(.*\p{Ll}\S*)(?:\s\p{Lu}{3,})+$/u;
const inBrackets = /^(.{2,}?)\s[([][^()[\]]{2,40}[)\]]$/u;

/** A title without the months, quarters, years and seasons in it. */
export function withoutPeriod(title: string): string {
  return title.replaceAll(period, ' ').replaceAll(/\s+/g, ' ').replaceAll(edges, '');
}

/**
 * What titles of documents by period are about: "Oxbury" of "Oxbury - season review 2021-22" and of "2022-23: the
 * season of Oxbury". Of the parts of a title the one is taken that goes with the fewest others.
 *
 * @returns one a title, null where nothing but a period is left.
 */
export function titleSubjects(titles: readonly (string | null)[]): (string | null)[] {
  const parts = titles.map((title) =>
    title === null
      ? []
      : withoutPeriod(title)
          .split(separators)
          .map((part) => part.replaceAll(edges, ''))
          .filter((part) => part !== ''),
  );
  const rests = new Map<string, Set<string>>();
  for (const own of parts) {
    for (const [index, part] of own.entries()) {
      const rest = rests.get(part) ?? new Set();
      rests.set(part, rest.add(own.toSpliced(index, 1).join('\n')));
    }
  }
  const subjects = parts.map((own) => {
    if (own.length === 0) return null;
    return own.reduce((best, part) =>
      (rests.get(part)?.size ?? 0) < (rests.get(best)?.size ?? 0) ? part : best,
    );
  });
  const bare = subjects.map((subject) =>
    subject === null
      ? null
      : subject
          .replace(leadingWords, '')
          .replace(inCapitals, '$1')
          .replace(/^(?=.*\p{Ll})\p{Lu}{3,}(?:\s\p{Lu}{3,})*\s(?=\p{Lu}\p{Ll})/u, ''),
  );
  return withoutBrackets(bare);
}

/** Brackets tell names apart, or add what is known of all of one name. */
function withoutBrackets(names: readonly (string | null)[]): (string | null)[] {
  const bare = names.map((name) => (name === null ? null : (inBrackets.exec(name)?.[1] ?? name)));
  return new Set(bare).size === new Set(names).size ? bare : [...names];
}
