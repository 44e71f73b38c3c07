/**
 * A text that is the same for plans that differ in form only: in the order or nesting of conditions joined by
 * "and" or "or", in repeated ones and in those that others imply, in the case of categories, and in the names and units of what is shown:
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
  const isShown = 'value' in part && 'unit' in part;
  const entries = Object.entries(part)
    .filter(([name, value]) => value !== undefined && name !== 'unit' && !(isShown && name === 'name'))
    .map(([name, value]): [string, unknown] => [name, canonical(value)]);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
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
