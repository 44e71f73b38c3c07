import { encodeModel } from './onnx-model.ts';
import type { Attribute, GraphNode } from './onnx-model.ts';
import { elementCount, GraphError, sameShape } from './tensor.ts';
import type { ElementType, Shape, Tensor } from './tensor.ts';

/** Numbers of a tensor in row-major order, as the runtime takes them. */
export type TensorData = Float32Array | BigInt64Array | Uint8Array;

export interface TensorSpecification {
  readonly type: ElementType;
  readonly shape: Shape;
}

/** A graph that is complete: ONNX bytes, and what goes in and comes out by name. */
export interface GraphProgram {
  readonly bytes: Uint8Array;
  /** The ONNX operators that it is made of. */
  readonly operators: ReadonlySet<string>;
  readonly inputs: ReadonlyMap<string, TensorSpecification>;
  readonly outputs: ReadonlyMap<string, TensorSpecification & { readonly valueName: string }>;
}

/** One differentiable step of a computation, as reverse-mode differentiation needs it. */
export interface DifferentiableStep {
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  /**
   * From the gradients of the outputs (null: the loss does not depend on it) to those of the inputs (null: none
   * flows). What turns out not to be needed is left out of the program.
   */
  readonly pullback: (outputGradients: readonly (Tensor | null)[]) => readonly (Tensor | null)[];
}

/**
 * A static computation under construction: operators append nodes to it, `gradients` appends the backward pass,
 * and `build` gives an ONNX model of the nodes its outputs need.
 */
export class Graph {
  readonly #inputs = new Map<string, Tensor>();
  readonly #outputs = new Map<string, Tensor>();
  readonly #nodes: GraphNode[] = [];
  readonly #constants = new Map<Tensor, TensorData>();
  readonly #constantsByContent = new Map<string, Tensor>();
  readonly #differentiable = new Set<Tensor>();
  readonly #steps: DifferentiableStep[] = [];
  #recording = true;
  #values = 0;

  /** Declares an input. Gradients flow to it where it is `differentiable`. */
  input(name: string, specification: TensorSpecification & { readonly differentiable?: boolean }): Tensor {
    if (this.#inputs.has(name)) throw new GraphError(`The graph already has an input "${name}".`);
    const { type, shape, differentiable = false } = specification;
    const tensor: Tensor = { graph: this, name, type, shape };
    this.#inputs.set(name, tensor);
    if (differentiable) this.#differentiable.add(tensor);
    return tensor;
  }

  /** Declares a constant; small ones of the same content are kept once. */
  constant(data: TensorData, shape: Shape): Tensor {
    if (data.length !== elementCount(shape)) {
      throw new GraphError(`${data.length} numbers do not fill a constant of shape [${shape.join(', ')}].`);
    }
    const type = elementTypeOf(data);
    const key = data.length <= 16 ? `${type} ${shape.join()} ${data.join()}` : null;
    const known = key === null ? undefined : this.#constantsByContent.get(key);
    if (known !== undefined) return known;
    const tensor = this.#newValue(type, shape);
    this.#constants.set(tensor, data);
    if (key !== null) this.#constantsByContent.set(key, tensor);
    return tensor;
  }

  scalar(value: number): Tensor {
    return this.constant(Float32Array.of(value), []);
  }

  /** A vector of integers: axes, shapes, lengths. */
  integers(values: readonly number[]): Tensor {
    return this.constant(BigInt64Array.from(values, BigInt), [values.length]);
  }

  /** Appends a node of an ONNX operator with several outputs. Operators use it; it is not differentiated. */
  emitMany(
    operator: string,
    inputs: readonly Tensor[],
    options: {
      readonly shapes: readonly Shape[];
      readonly type?: ElementType;
      readonly attributes?: Attributes;
    },
  ): Tensor[] {
    const { shapes, type = inputs[0]?.type ?? 'float32', attributes = {} } = options;
    const outputs = shapes.map((shape) => this.#newValue(type, shape));
    this.#nodes.push({ operator, inputs, outputs, attributes });
    return outputs;
  }

  /** Appends a node of an ONNX operator with one output. Operators use it; it is not differentiated. */
  emit(
    operator: string,
    inputs: readonly Tensor[],
    options: { readonly shape: Shape; readonly type?: ElementType; readonly attributes?: Attributes },
  ): Tensor {
    const [output] = this.emitMany(operator, inputs, { ...options, shapes: [options.shape] });
    if (output === undefined) throw new GraphError(`${operator} gave no output.`);
    return output;
  }

  /** Remembers how gradients flow through what an operator just emitted. */
  record(step: DifferentiableStep): void {
    if (!this.#recording || !step.inputs.some((input) => this.#differentiable.has(input))) return;
    for (const output of step.outputs) this.#differentiable.add(output);
    this.#steps.push(step);
  }

  /** Runs `build` without remembering its steps: for operators that have a gradient of their own. */
  untracked<T>(build: () => T): T {
    const before = this.#recording;
    this.#recording = false;
    try {
      return build();
    } finally {
      this.#recording = before;
    }
  }

  /**
   * Appends the backward pass.
   *
   * @param seeds Where the gradient starts: for each tensor the gradient of the loss by it.
   * @returns The gradient by each tensor asked for, in order; zeros where the seeds do not depend on it.
   */
  pullBack(seeds: ReadonlyMap<Tensor, Tensor>, wanted: readonly Tensor[]): Tensor[] {
    const parts = new Map<Tensor, Tensor[]>([...seeds].map(([tensor, gradient]) => [tensor, [gradient]]));
    const total = (tensor: Tensor): Tensor | null => {
      const gradients = parts.get(tensor);
      if (gradients === undefined) return null;
      const [first, ...others] = gradients;
      if (first === undefined) return null;
      const sum = others.length === 0 ? first : this.emit('Sum', gradients, { shape: tensor.shape });
      parts.set(tensor, [sum]);
      return sum;
    };
    for (const step of this.#steps.toReversed()) {
      const outputGradients = step.outputs.map(total);
      if (outputGradients.every((gradient) => gradient === null)) continue;
      const inputGradients = this.untracked(() => step.pullback(outputGradients));
      for (const [index, gradient] of inputGradients.entries()) {
        const input = step.inputs[index];
        if (input === undefined || gradient === null || !this.#differentiable.has(input)) continue;
        if (!sameShape(gradient.shape, input.shape)) {
          throw new GraphError(
            `The gradient of "${input.name}" has shape [${gradient.shape.join(', ')}], its value [${input.shape.join(', ')}].`,
          );
        }
        parts.set(input, [...(parts.get(input) ?? []), gradient]);
      }
    }
    return wanted.map((tensor) => total(tensor) ?? this.zeros(tensor.shape));
  }

  zeros(shape: Shape): Tensor {
    return this.emit('ConstantOfShape', [this.integers(shape)], { shape, type: 'float32' });
  }

  /** Names a result of the graph. */
  output(name: string, tensor: Tensor): void {
    if (this.#outputs.has(name)) throw new GraphError(`The graph already has an output "${name}".`);
    this.#outputs.set(name, tensor);
  }

  /** The ONNX model of what the outputs need; inputs that nothing needs are left out. */
  build(): GraphProgram {
    const outputs = new Map<string, Tensor>();
    for (const [name, tensor] of this.#outputs) {
      outputs.set(name, this.#asOutput(tensor, new Set(outputs.values())));
    }
    const needed = new Set<Tensor>(outputs.values());
    const nodes: GraphNode[] = [];
    for (const node of this.#nodes.toReversed()) {
      if (!node.outputs.some((output) => needed.has(output))) continue;
      nodes.push(node);
      for (const input of node.inputs) needed.add(input);
    }
    const inputs = [...this.#inputs].filter(([, tensor]) => needed.has(tensor));
    return {
      bytes: encodeModel({
        nodes: nodes.reverse(),
        inputs: inputs.map(([, tensor]) => tensor),
        outputs: [...outputs.values()],
        constants: [...this.#constants].filter(([tensor]) => needed.has(tensor)),
      }),
      operators: new Set(nodes.map(({ operator }) => operator)),
      inputs: new Map(inputs),
      outputs: new Map(
        [...outputs].map(([name, { name: valueName, type, shape }]) => [name, { valueName, type, shape }]),
      ),
    };
  }

  /** An output of an ONNX graph must be the result of a node, and have one name only. */
  #asOutput(tensor: Tensor, taken: ReadonlySet<Tensor>): Tensor {
    const isInput = this.#inputs.get(tensor.name) === tensor;
    const isFree = !isInput && !this.#constants.has(tensor) && !taken.has(tensor);
    return isFree ? tensor : this.emit('Identity', [tensor], { shape: tensor.shape });
  }

  #newValue(type: ElementType, shape: Shape): Tensor {
    this.#values++;
    return { graph: this, name: `value.${this.#values}`, type, shape };
  }
}

export type Attributes = Readonly<Record<string, Attribute>>;

function elementTypeOf(data: TensorData): ElementType {
  if (data instanceof Float32Array) return 'float32';
  return data instanceof BigInt64Array ? 'int64' : 'bool';
}
