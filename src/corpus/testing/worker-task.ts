// A task module for the tests of WorkerPool.

type TestTask =
  | { readonly kind: 'double'; readonly number: number }
  | { readonly kind: 'throw' }
  | { readonly kind: 'exit' }
  | { readonly kind: 'uncaught' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'fillMemory' }
  | { readonly kind: 'parts'; readonly count: number };

export default async function run(
  task: TestTask,
  sendPart: (part: number) => Promise<void>,
): Promise<number> {
  switch (task.kind) {
    case 'double':
      return task.number * 2;
    case 'throw':
      throw new TypeError('thrown on purpose');
    case 'exit':
      process.exit(7);
      break;
    case 'uncaught':
      setTimeout(() => {
        throw new Error('uncaught on purpose');
      });
      return await new Promise(() => {});
    case 'hang':
      for (;;) Math.random();
    case 'fillMemory': {
      const kept: number[][] = [];
      for (;;) kept.push(Array.from({ length: 100_000 }, (_, index) => index * 1.5));
    }
    case 'parts':
      for (let part = 0; part < task.count; part += 1) await sendPart(part);
      return task.count;
  }
  return 0;
}
