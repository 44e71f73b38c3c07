import type { ModelMemory } from '../../model-client.ts';

/** A memory that lasts as long as the test. */
export function createMemory(): ModelMemory {
  const topics = new Map<string, string>();
  return {
    recall: (topic) => topics.get(topic) ?? null,
    remember: (topic, value) => void topics.set(topic, value),
  };
}
