import { average, macroAverage, type Average } from '../../scoring/statistics/averages.ts';
import type { ScoredLine } from './score-line.ts';

/** What the results of one strategy, model and length amount to. */
export interface TallyRow {
  readonly strategy: string | null;
  readonly model: string | null;
  readonly set: string | null;
  readonly count: number;
  readonly right: number;
  readonly wrong: number;
  readonly ungraded: number;
  /** Results without a response; they count as wrong. */
  readonly missing: number;
  /** Over the graded results, each counting alike. */
  readonly micro: Average;
  /** Over the domains, each counting alike: what CorpusQA calls "Overall". */
  readonly macro: Average;
  /** Over the graded results that have a response, as the published tables count. */
  readonly answered: Average;
  readonly domains: readonly { readonly domain: string; readonly score: Average }[];
}

interface Group {
  readonly strategy: string | null;
  readonly model: string | null;
  readonly set: string | null;
  readonly verdicts: { right: number; wrong: number; ungraded: number };
  readonly values: number[];
  readonly answeredValues: number[];
  readonly domains: Map<string, number[]>;
  missing: number;
}

/** Counts scored results by strategy, model and length as they come. */
export class Tally {
  readonly #groups = new Map<string, Group>();

  add({ line, value }: ScoredLine): void {
    const { strategy = null, model = null, set = null } = line;
    const group = this.#group({ strategy, model, set });
    const isMissing = line.response.trim() === '';
    group.verdicts[line.verdict] += 1;
    if (isMissing) group.missing += 1;
    if (value === null) return;
    group.values.push(value);
    if (!isMissing) group.answeredValues.push(value);
    const domain = line.domain ?? domainOfId(line.id);
    const values = group.domains.get(domain) ?? [];
    values.push(value);
    group.domains.set(domain, values);
  }

  rows(): TallyRow[] {
    return [...this.#groups.values()].map(({ values, answeredValues, domains, verdicts, ...group }) => {
      const scores = [...domains].map(([domain, own]) => ({ domain, score: average(own) }));
      return {
        ...group,
        ...verdicts,
        count: verdicts.right + verdicts.wrong + verdicts.ungraded,
        micro: average(values),
        macro: macroAverage(scores.map(({ score }) => score)),
        answered: average(answeredValues),
        domains: scores.sort((one, other) => (one.domain < other.domain ? -1 : 1)),
      };
    });
  }

  #group(name: Pick<Group, 'strategy' | 'model' | 'set'>): Group {
    const key = JSON.stringify([name.strategy, name.model, name.set]);
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const group: Group = {
      ...name,
      verdicts: { right: 0, wrong: 0, ungraded: 0 },
      values: [],
      answeredValues: [],
      domains: new Map(),
      missing: 0,
    };
    this.#groups.set(key, group);
    return group;
  }
}

/** Ids of CorpusQA begin with their domain, and end in digits: `financial_en_set1_12`. */
export function domainOfId(id: string): string {
  return /^(?<domain>\p{L}+(?:_\p{L}+)*?)[_-](?:set)?\d.*$/u.exec(id)?.groups?.['domain'] ?? 'all';
}
