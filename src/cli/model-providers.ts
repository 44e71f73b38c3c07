import { embeddedProvider } from '../embedded/index.ts';
import { llamaProvider, type ModelProvider } from '../models/index.ts';
import { policyProvider } from './policy-provider.ts';

/** The sources of models that commands know beyond the providers of the AI SDK. */
export const modelProviders: readonly ModelProvider[] = [embeddedProvider, llamaProvider, policyProvider];
