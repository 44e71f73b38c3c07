import type {
  Attribute,
  GraphNode,
  NamedValue,
  OnnxConstant,
  OnnxGraph,
  OnnxValue,
} from '../graph/onnx-model.ts';
import { onnxTypes } from '../graph/onnx-model.ts';
import type { WeightType } from '../checkpoint/element-type.ts';

/** The names of weight types in ONNX. */
export const onnxWeightTypes = { F32: 'float32', F16: 'float16', BF16: 'bfloat16' } as const;

/** A parameter as the graph refers to it; its numbers are written apart. */
export interface OnnxWeight extends OnnxConstant {
  readonly parameter: string;
}

type Attributes = Readonly<Record<string, Attribute>>;

/**
 * An inference graph under construction, whose extents may differ from run to run. (The graphs of training are
 * static, and differentiable: see `graph/`.)
 */
export class OnnxBuilder {
  readonly #weightType: WeightType;
  readonly #shapes: ReadonlyMap<string, readonly number[]>;
  readonly #nodes: GraphNode<NamedValue>[] = [];
  readonly #inputs: OnnxValue[] = [];
  readonly #outputs: OnnxValue[] = [];
  readonly #constants = new Map<string, readonly [OnnxConstant, ArrayBufferView]>();
  readonly #weights = new Map<string, { readonly weight: OnnxWeight; readonly value: NamedValue }>();
  #values = 0;

  /**
   * @param shapes Of the parameters by name.
   * @param weightType In which they are kept; the graph computes in float32.
   */
  constructor(shapes: ReadonlyMap<string, readonly number[]>, weightType: WeightType) {
    this.#shapes = shapes;
    this.#weightType = weightType;
  }

  input(value: OnnxValue): NamedValue {
    this.#inputs.push(value);
    return value;
  }

  /** Gives a value the name of an output. */
  output(description: OnnxValue, value: NamedValue): void {
    this.#outputs.push(description);
    this.#nodes.push({ operator: 'Identity', inputs: [value], outputs: [description], attributes: {} });
  }

  /** Appends a node with one output. */
  node(operator: string, inputs: readonly NamedValue[], attributes: Attributes = {}): NamedValue {
    const output = this.#newValue();
    this.#nodes.push({ operator, inputs, outputs: [output], attributes });
    return output;
  }

  /** The two halves of a value along its last axis. */
  halves(value: NamedValue): readonly [NamedValue, NamedValue] {
    const outputs = [this.#newValue(), this.#newValue()] as const;
    this.#nodes.push({
      operator: 'Split',
      inputs: [value],
      outputs,
      attributes: { axis: -1, num_outputs: 2 },
    });
    return outputs;
  }

  integers(values: readonly number[]): NamedValue {
    const data = BigInt64Array.from(values, BigInt);
    return this.#constant(`integers ${values.join()}`, { type: 'int64', shape: [values.length] }, data);
  }

  integer(value: number): NamedValue {
    return this.#constant(`integer ${value}`, { type: 'int64', shape: [] }, BigInt64Array.of(BigInt(value)));
  }

  number(value: number): NamedValue {
    return this.#constant(`number ${value}`, { type: 'float32', shape: [] }, Float32Array.of(value));
  }

  numbers(name: string, values: Float32Array): NamedValue {
    return this.#constant(name, { type: 'float32', shape: [values.length] }, values);
  }

  /** A parameter as float32. */
  weight(parameter: string): NamedValue {
    const known = this.#weights.get(parameter);
    if (known !== undefined) return known.value;
    const shape = this.#shapes.get(parameter);
    if (shape === undefined) throw new RangeError(`The model has no parameter "${parameter}".`);
    const type = onnxWeightTypes[this.#weightType];
    const weight = { name: parameter, parameter, type, shape };
    const value = type === 'float32' ? weight : this.node('Cast', [weight], { to: onnxTypes.float32 });
    this.#weights.set(parameter, { weight, value });
    return value;
  }

  get weights(): readonly OnnxWeight[] {
    return [...this.#weights.values()].map(({ weight }) => weight);
  }

  get graph(): OnnxGraph {
    return {
      nodes: this.#nodes,
      inputs: this.#inputs,
      outputs: this.#outputs,
      constants: [...this.#constants.values()],
    };
  }

  #constant(name: string, description: Omit<OnnxConstant, 'name'>, data: ArrayBufferView): NamedValue {
    const known = this.#constants.get(name);
    if (known !== undefined) return known[0];
    const constant = { name, ...description };
    this.#constants.set(name, [constant, data]);
    return constant;
  }

  #newValue(): NamedValue {
    this.#values++;
    return { name: `value.${this.#values}` };
  }
}
