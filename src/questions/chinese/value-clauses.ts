import { opposite } from '../grammar/conditions.ts';
import type { Condition, Named, Quantity } from '../grammar/meanings.ts';
import { plainColumn } from '../grammar/quantity-values.ts';
import { both } from '../grammar/row-sets.ts';
import type { ChineseContext, ChineseGrammar } from './context.ts';

const named = ({ predicate }: Named): Condition => ({ predicate, quantity: null });

/** Adds what values, names and texts a row states. */
export function addValueClauses(grammar: ChineseGrammar): void {
  const of = (column: Quantity, value: Named): Condition | null =>
    value.column === column.columns[0] ? named(value) : null;
  grammar.rule(
    'clause',
    '<column>[都|均](为|是|属于|等于|属|就是|包括|包含|含有|含|有|在|位于)<value-list:value>',
    ({ column, value }) => of(column, value),
  );
  grammar.rule(
    'clause',
    '<column>[都|均](不为|不是|不属于|不等于|非|不包括|不包含|不含|没有|不在)<value-list:value>',
    ({ column, value }) => {
      const condition = of(column, value);
      return condition === null ? null : opposite(condition);
    },
  );
  grammar.rule(
    'clause',
    '(属于|来自|位于|处于|地处|隶属于|归属于|在|从事|是|身处|主营|归属)<value-list:value>',
    ({ value }) => named(value),
    0.03,
  );
  grammar.rule(
    'clause',
    '(属于|来自|位于|处于|地处|隶属于|在|从事|是|归属)<value-list:value>[这个|这一|的]<column>',
    ({ value, column }) => of(column, value),
  );
  grammar.rule(
    'clause',
    '(不属于|并非来自|不是来自|不位于|不在|不是|非|没有从事|不从事)<value-list:value>[<column:column?>]',
    ({ value, column }) =>
      column === undefined || column.columns[0] === value.column ? opposite(named(value)) : null,
    0.03,
  );
  grammar.rule('attribute', '<value-list:value>', ({ value }) => named(value), 0.02);
  grammar.rule('attribute', '<value-list:value>[这一]<column>', ({ value, column }) => of(column, value));
  grammar.rule('attribute', '<column><value-list:value>', ({ value, column }) => of(column, value), 0.1);
  grammar.rule('attribute', '非<value-list:value>[<column:column?>]', ({ value, column }) =>
    column === undefined || column.columns[0] === value.column ? opposite(named(value)) : null,
  );
  grammar.rule('attributes', '<attribute>', ({ attribute }) => attribute);
  grammar.rule('attributes', '<attribute>[的|、]<attributes:more>', ({ attribute, more }) => {
    const predicate = both(attribute.predicate, more.predicate);
    return predicate === null ? null : { predicate, quantity: null };
  });

  grammar.rule(
    'clause',
    '<column>[都|均](包含|包括|含有|含|有|中有|中包含|里有)<text>',
    ({ column, text }, context) => contains(context, column, { text }),
  );
  grammar.rule(
    'clause',
    '<column>(不包含|不包括|不含|不含有|没有|中没有)<text>',
    ({ column, text }, context) => {
      const condition = contains(context, column, { text });
      return condition === null ? null : opposite(condition);
    },
  );
  for (const [word, at] of [
    ['(开头|开始|打头)', 'start'],
    ['(结尾|收尾)', 'end'],
  ] as const) {
    grammar.rule('clause', `<column>以<text>(为|)${word}` as const, ({ column, text }, context) =>
      contains(context, column, { text, at }),
    );
    grammar.rule('clause', `<column>不以<text>(为|)${word}` as const, ({ column, text }, context) => {
      const condition = contains(context, column, { text, at });
      return condition === null ? null : opposite(condition);
    });
  }
  grammar.rule(
    'clause',
    '<column>(为|是|等于|在|位于|属于|设在)<texts>',
    ({ column, texts }, context) => isText(context, column, texts),
    0.1,
  );
  grammar.rule(
    'clause',
    '<column>(不为|不是|不等于)<texts>',
    ({ column, texts }, context) => {
      const condition = isText(context, column, texts);
      return condition === null ? null : opposite(condition);
    },
    0.1,
  );
}

function contains(
  context: ChineseContext,
  quantity: Quantity,
  { text, at }: { readonly text: string; readonly at?: 'start' | 'end' },
): Condition | null {
  const column = plainColumn(context, quantity);
  if (column === null || !['text', 'category', 'list'].includes(column.type)) return null;
  return {
    predicate: { kind: 'contains', column: column.name, text, ...(at === undefined ? {} : { at }) },
    quantity,
  };
}

function isText(context: ChineseContext, quantity: Quantity, texts: readonly string[]): Condition | null {
  const column = plainColumn(context, quantity);
  return column === null || (column.type !== 'text' && column.type !== 'category')
    ? null
    : { predicate: { kind: 'is', column: column.name, values: texts }, quantity };
}
