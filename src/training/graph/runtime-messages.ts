import type { TensorData } from './graph.ts';

/** The tensors of a program, by the names in its ONNX model, with the shared memory they lie in. */
export interface Binding {
  readonly inputs: readonly BoundTensor[];
  readonly outputs: readonly BoundTensor[];
}

export interface BoundTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

export type RequestBody =
  | { readonly kind: 'load'; readonly bytes: Uint8Array }
  | { readonly kind: 'bind'; readonly program: number; readonly binding: Binding }
  | { readonly kind: 'run'; readonly bound: number }
  | { readonly kind: 'unbind'; readonly bound: number }
  | { readonly kind: 'release'; readonly program: number };

export interface Request {
  readonly id: number;
  readonly body: RequestBody;
}

export interface Reply {
  readonly id: number;
  /** The number of what was loaded or bound. */
  readonly result?: number;
  readonly error?: { readonly message: string; readonly remedy: string };
}
