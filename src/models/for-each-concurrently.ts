/**
 * Works through items, a number of them at once. The next item is taken from the source when there is room for it,
 * so that a corpus of any length passes through without being held. After a failure no item is taken any more; what
 * is under way is let finish, and the first failure is thrown.
 */
export async function forEachConcurrently<Item>({
  items,
  concurrency,
  run,
}: {
  items: AsyncIterable<Item> | Iterable<Item>;
  concurrency: number;
  run: (item: Item, index: number) => Promise<void>;
}): Promise<void> {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let index = 0;
  try {
    for await (const item of items) {
      const work: Promise<void> = run(item, index)
        .catch((error: unknown) => void failures.push(error))
        .finally(() => running.delete(work));
      index += 1;
      running.add(work);
      if (running.size >= concurrency) await Promise.race(running);
      if (failures.length > 0) break;
    }
  } finally {
    await Promise.all(running);
  }
  if (failures.length > 0) throw failures[0];
}
