/**
 * Applies a function to items, a number of them at once, and gives the results in the order of the items. The next item
 * is taken when there is room for it.
 */
export async function* mapInOrder<Item, Result>({
  items,
  concurrency,
  run,
}: {
  items: AsyncIterable<Item>;
  concurrency: number;
  run: (item: Item) => Promise<Result>;
}): AsyncGenerator<Result> {
  const pending: Promise<Result>[] = [];
  for await (const item of items) {
    const work = run(item);
    // A failure is thrown when its turn comes; until then it must not count as unhandled.
    work.catch(() => {});
    pending.push(work);
    const [first] = pending;
    if (first === undefined || pending.length < concurrency) continue;
    yield await first;
    pending.shift();
  }
  for (const work of pending) yield await work;
}
