import { supervisedLossOf } from '../engine/losses.ts';
import { splitBatch } from './micro-batches.ts';
import type { SupervisedStage } from './recipe.ts';
import { applyGradients } from './training-context.ts';
import type { StepMetrics, StepPlace, TrainingContext } from './training-context.ts';
import { TrainingError } from './training-error.ts';
import type { TrainingExample } from './training-example.ts';

/** One step of supervised fine-tuning: learns the responses of a batch of examples. */
export async function supervisedStep(
  context: TrainingContext,
  stage: SupervisedStage,
  { place, examples }: { readonly place: StepPlace; readonly examples: readonly TrainingExample[] },
): Promise<StepMetrics> {
  const { engine, encoder } = context;
  const groups = examples.map((example) => ({
    prompt: encoder.encodePrompt(example.prompt, stage.maximumPromptTokens),
    responses: [encoder.encodeResponse(requireResponse(example), stage.maximumResponseTokens)],
  }));
  const responses = groups.flatMap((group) => group.responses);
  const { kind, inputs } = supervisedLossOf({
    mask: responses.map((response) => new Uint8Array(response.length).fill(1)),
    aggregation: stage.aggregation,
  });
  const { parts } = splitBatch(groups, inputs, {
    layout: 'plain',
    tokensAtOnce: stage.tokensAtOnce,
    configuration: engine.configuration,
  });
  const { loss } = await engine.computeGradients(parts, kind);
  const applied = await applyGradients(context, {
    stage,
    place,
    loss,
    update: place.step,
    updates: stage.steps,
  });
  const tokens = groups.reduce((sum, { prompt }) => sum + prompt.length, 0);
  const responseTokens = responses.reduce((sum, response) => sum + response.length, 0);
  return { loss, ...applied, tokens: tokens + responseTokens, responseTokens };
}

function requireResponse({ response, prompt }: TrainingExample): string {
  if (response !== undefined) return response;
  throw new TrainingError({
    message: `The example with the prompt "${prompt.slice(0, 80)}" has no response to learn.`,
    remedy: 'Give every example of a stage of the kind sft a response.',
  });
}
