import { embeddedProvider } from '../embedded/index.ts';
import type { ModelProvider } from '../models/index.ts';

/** The sources of models that commands know beyond the providers of the AI SDK. */
export const modelProviders: readonly ModelProvider[] = [embeddedProvider];
