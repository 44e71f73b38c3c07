/**
 * The ways to get a value out of a model, from the one that binds it most to the one that any model can follow: the
 * server's own JSON schema, a tool that must be called, JSON asked for in the prompt, a line a property, and examples
 * to go on with.
 */
export const rungNames = ['json-schema', 'tool-call', 'prompted-json', 'lines', 'demonstrations'] as const;

export type RungName = (typeof rungNames)[number];
