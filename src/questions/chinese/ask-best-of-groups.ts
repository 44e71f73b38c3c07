import { groupsDraft } from '../grammar/ask-groups.ts';
import { bestOfGroups } from '../grammar/ask-best-of-groups.ts';
import type { Draft, Group, Grouped, Quantity, Rows } from '../grammar/meanings.ts';
import { numeric } from '../grammar/quantity-values.ts';
import { allRows, ranked } from '../grammar/row-sets.ts';
import type { ChineseGrammar } from './context.ts';
import { every } from './groups.ts';
import { rankingOf } from './rank-clauses.ts';

/** Adds questions for the first rows of each group, and for equal parts of an order. */
export function addBestOfGroupQuestions(grammar: ChineseGrammar): void {
  addFirstRows(grammar);
  addTierQuestions(grammar);
}

function addFirstRows(grammar: ChineseGrammar): void {
  const inner = '[中|里|内|的|之中|当中|下][,|,的]' as const;
  const best = (
    group: Group,
    quantity: Quantity,
    how: { descending: boolean; limit: number; rows?: Rows },
  ): Draft | null => {
    const by = rankingOf(quantity, how);
    const rows = by === null ? null : ranked(how.rows ?? allRows, by);
    return rows === null ? null : bestOfGroups(group, rows);
  };
  grammar.rule(
    'ask',
    `[在|对于|对]${every}<group>${inner}<ranked-rows:rows>[分别|各|各自](是|有|为)(哪些|哪家|哪个|哪一家|哪一个|谁|哪几<counter:which?>|哪<counter:which?>|哪一<counter:which?>|什么)[<noun>]` as const,
    ({ group, rows }) => bestOfGroups(group, rows),
  );
  grammar.rule(
    'ask',
    `(列出|找出|给出|列举|选出)${every}<group>${inner}<ranked-rows:rows>` as const,
    ({ group, rows }) => bestOfGroups(group, rows),
  );
  grammar.rule(
    'ask',
    `[在|对于]${every}<group>${inner}[分别|各|各自][有|是](哪[<count:count?>][<counter:counted?>]|哪些|哪一<counter:one?>|哪几<counter:some?>|谁)[<noun>][的]<quantity>[分别]<superlative>` as const,
    ({ group, count: limit, quantity, superlative }) =>
      (quantity.type === 'date') === superlative.calendar
        ? best(group, quantity, { descending: superlative.descending, limit: limit ?? 1 })
        : null,
  );
  grammar.rule(
    'ask',
    `[在|对于]${every}<group>${inner}<ranking>的[前][<count:count?>][<counter>](是|分别是|有|各是)(谁|哪家|哪个|哪些|哪一家|哪<counter:which?>|哪几<counter:which?>)[<noun>]` as const,
    ({ group, ranking, count: limit }) => {
      const rows = ranked(allRows, { ...ranking, limit: limit ?? ranking.limit ?? 1 });
      return rows === null ? null : bestOfGroups(group, rows);
    },
  );
}

const parts = [
  ['(三|3)', 3],
  ['(四|4)', 4],
  ['(五|5)', 5],
  ['(十|10)', 10],
] as const;

function addTierQuestions(grammar: ChineseGrammar): void {
  const order = '[大小|高低|从低到高|由低到高|从小到大|升序][的顺序]' as const;
  const divided = '[平均|等分|等量](分为|分成|划分为|均分为|等分为|平均分为|平均分成|划分成|等分成)' as const;
  const values = '[的|内|中]<group-value:grouped>[分别|各](是多少|为多少)' as const;
  const ofTiers = (
    tiers: number,
    { rows, quantity: given, grouped }: { rows?: Rows; quantity: Quantity; grouped: Grouped },
  ): Draft | null => {
    const quantity = numeric(given);
    if (quantity === null || (rows !== undefined && (rows.by !== null || rows.count !== null))) return null;
    const by = { kind: 'tier', of: quantity.expression, tiers } as const;
    const group: Group = { by, name: quantity.name, columns: quantity.columns };
    return groupsDraft(group, { ...grouped, rows: rows ?? grouped.rows }, { show: 'both' });
  };
  for (const [number, tiers] of parts) {
    grammar.rule(
      'ask',
      `[(将|把)<rows:rows?>](按|按照|依|根据)[其]<quantity>${order}${divided}${number}[个|等|个等份|等份|档][组|份|档|层|等份][,](各|每|每个|每一|各个)(组|份|档|层)${values}` as const,
      (asked) => ofTiers(tiers, asked),
    );
    grammar.rule('ask', `<quantity>[的]${number}分位组[各组|中各组|,各组|,每组]${values}` as const, (asked) =>
      ofTiers(tiers, asked),
    );
  }
}
