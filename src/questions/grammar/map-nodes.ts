/**
 * A copy of a plan or part of one in which `change` has replaced the objects for which it gives another; what is
 * within a replaced object stays as given. A plan is plain data, so this needs no cases.
 */
export function mapNodes<Part>(part: Part, change: (node: object) => object | null): Part {
  if (typeof part !== 'object' || part === null) return part;
  // The copy has the shape of the original but where `change` says otherwise.
  if (Array.isArray(part)) return part.map((each: unknown) => mapNodes(each, change)) as Part;
  const changed = change(part);
  if (changed !== null) return changed as Part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, mapNodes<unknown>(value, change)]),
  ) as Part;
}
