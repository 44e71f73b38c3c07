/** Values from language models: the ladder of ways to ask for one, and what is learnt of which a model follows. */
export { chooseRung } from './choose-rung.ts';
export { completionPrompt } from './demonstrations-rung.ts';
export { generateObject, mostCallsForObject } from './generate-object.ts';
export { rungNames, type RungName } from './rung-names.ts';
