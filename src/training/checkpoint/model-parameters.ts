/** A parameter of a model, in row-major order. */
export interface ModelParameter {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** The parameters of a model under their Hugging Face names (`model.layers.0.mlp.up_proj.weight`). */
export type ModelParameters = ReadonlyMap<string, ModelParameter>;
