/**
 * A text that is the same for plans that differ in form only: in the order or nesting of conditions joined by
 * "and" or "or", in repeated ones and in those that others imply, in the case of categories, and in the order of factors, and in the names and units of what is shown:
 * numbers that are converted are calculated otherwise.
 */
export function planKey(part: unknown): string {
  return JSON.stringify(canonical(part));
}

function canonical(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(canonical);
  if (typeof part !== 'object' || part === null) return part;
  if ('kind' in part && (part.kind === 'and' || part.kind === 'or') && 'operands' in part) {
    const told = flat(part.operands, part.kind);
    const kept = part.kind === 'and' ? told.filter((each) => !isImplied(each, told)) : told;
    const operands = [...new Set(kept.map(planKey))].sort();
    const [only] = operands;
    return only !== undefined && operands.length === 1 ? JSON.parse(only) : { kind: part.kind, operands };
  }
  if ('kind' in part && part.kind === 'is' && 'values' in part && Array.isArray(part.values)) {
    const values = [...new Set(part.values.map((value) => String(value).toLowerCase()))].sort();
    return { ...part, values };
  }
  const factors = factorsOf(part);
  if (factors.length > 1) return { factors: product(factors) };
  const isShown = 'value' in part && 'unit' in part;
  const entries = Object.entries(part)
    .filter(([name, value]) => value !== undefined && name !== 'unit' && !(isShown && name === 'name'))
    .map(([name, value]): [string, unknown] => [name, canonical(value)]);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What a product multiplies, in whatever order and nesting; the part alone where it is none. */
function factorsOf(part: object): readonly object[] {
  if (!('operator' in part) || part.operator !== '*' || !('left' in part) || !('right' in part))
    return [part];
  return [part.left, part.right].flatMap((side) =>
    typeof side === 'object' && side !== null ? factorsOf(side) : [],
  );
}

/** The factors in an order of their own, the numbers among them as one. */
function product(factors: readonly object[]): readonly unknown[] {
  const numbers = factors.flatMap((each) =>
    'kind' in each && each.kind === 'number' && 'value' in each ? [Number(each.value)] : [],
  );
  const others = factors.filter((each) => !('kind' in each && each.kind === 'number'));
  const number = Number(numbers.reduce((one, other) => one * other, 1).toPrecision(12));
  return [number, ...others.map(planKey).sort()];
}

/** Whether the condition is that a value is stated of a field that another one compares. */
const isImplied = (condition: unknown, others: readonly unknown[]): boolean =>
  typeof condition === 'object' &&
  condition !== null &&
  'kind' in condition &&
  condition.kind === 'stated' &&
  !('negated' in condition) &&
  'column' in condition &&
  !('period' in condition) &&
  others.some(
    (other) =>
      other !== condition &&
      typeof other === 'object' &&
      other !== null &&
      'kind' in other &&
      other.kind === 'compare' &&
      'left' in other &&
      planKey(other.left) === planKey({ kind: 'column', column: condition.column }),
  );

/** The conditions of a junction, those of junctions of its kind within it among them. */
function flat(operands: unknown, kind: 'and' | 'or'): readonly unknown[] {
  if (!Array.isArray(operands)) return [];
  return operands.flatMap((operand: unknown) =>
    typeof operand === 'object' &&
    operand !== null &&
    'kind' in operand &&
    operand.kind === kind &&
    'operands' in operand
      ? flat(operand.operands, kind)
      : [operand],
  );
}
