import type { Comparison, Predicate } from '../plan.ts';
import { cell } from './row-value.ts';
import { compareValues, fold, keyOf, type Row, type Truth, type Value, type World } from './values.ts';

/** Whether a row fulfils a predicate; null where a missing value leaves it open. */
export function condition(predicate: Predicate, row: Row, world: World): Truth {
  switch (predicate.kind) {
    case 'compare': {
      const [left, right] = [world.valueOf(predicate.left, row), world.valueOf(predicate.right, row)];
      return compare(left, predicate.comparison, right);
    }
    case 'between': {
      const [of, low, high] = [predicate.of, predicate.low, predicate.high].map((part) =>
        world.valueOf(part, row),
      );
      const inside = both([compare(of ?? null, '>=', low ?? null), compare(of ?? null, '<=', high ?? null)]);
      return turned(inside, predicate.negated);
    }
    case 'is': {
      const value = cell(row, predicate.column);
      if (typeof value !== 'string') return null;
      const isFreeText = world.table.columns.find(({ name }) => name === predicate.column)?.type === 'text';
      const named = isFreeText && !predicate.values.some((each) => /[(<[]/.test(each));
      const text = named ? value.replace(/(\S)\s*[(<[][^()<>[\]]*[)>\]]$/u, '$1') : value;
      return turned(predicate.values.map(fold).includes(fold(text)), predicate.negated);
    }
    case 'contains':
      return turned(contains(cell(row, predicate.column), predicate), predicate.negated);
    case 'date': {
      const value = cell(row, predicate.column);
      if (typeof value !== 'string') return null;
      return compare(value.slice(0, predicate.date.length), predicate.comparison, predicate.date);
    }
    case 'boolean': {
      const value = cell(row, predicate.column);
      return typeof value === 'boolean' ? value === predicate.value : null;
    }
    case 'stated':
      return turned(cell(row, predicate.column, predicate.period) !== null, predicate.negated);
    case 'entity': {
      const keys = predicate.names.map((name) => world.table.findEntity(name));
      return turned(keys.includes(keyOf(row, world)), predicate.negated);
    }
    case 'among': {
      const keys = world.once(
        predicate,
        () => new Set(world.select(predicate.selection).map((member) => keyOf(member, world))),
      );
      return turned(keys.has(keyOf(row, world)), predicate.negated);
    }
    case 'and':
      return both(predicate.operands.map((part) => world.holds(part, row)));
    case 'or':
      return turned(both(predicate.operands.map((part) => turned(world.holds(part, row), true))), true);
    case 'not':
      return turned(world.holds(predicate.operand, row), true);
  }
}

export function compare(left: Value, comparison: Comparison, right: Value): Truth {
  if (left === null || right === null) return null;
  const order = compareValues(left, right);
  switch (comparison) {
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
  }
}

function both(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(null) ? null : true;
}

function turned(truth: Truth, negated: boolean | undefined): Truth {
  return truth === null || negated !== true ? truth : !truth;
}

/** A text contains words; a list an item, which brackets or a percentage may follow. */
function contains(value: Value, { text, at }: Predicate & { readonly kind: 'contains' }): Truth {
  const words = fold(text);
  if (typeof value === 'string') {
    const whole = fold(value);
    if (at === 'start') return whole.startsWith(words);
    return at === 'end' ? whole.endsWith(words) : whole.includes(words);
  }
  if (!Array.isArray(value)) return null;
  return value.some((item: string) => {
    const whole = fold(item);
    if (!whole.startsWith(words)) return false;
    const rest = whole.slice(words.length);
    return /^\s*[(<[:]/.test(rest) || /^\s+[\d.,]+\s*%/.test(rest) || rest.trim() === '';
  });
}
