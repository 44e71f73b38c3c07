import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'benchmarks/**/*.test.ts', 'examples/**/*.test.ts'],
    testTimeout: 30_000,
    maxWorkers: 2,
  },
});
