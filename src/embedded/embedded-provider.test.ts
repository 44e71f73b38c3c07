import { expect, it } from 'vitest';
import { embeddedProvider } from './embedded-provider.ts';

it('tells the answers of the embedded model in the ledger from those of other versions', async () => {
  const { identity } = await embeddedProvider.resolve({ id: 'embedded', name: '', declared: {} });
  expect(identity).toMatch(/^embedded@[0-9a-f]{12}$/);
});
