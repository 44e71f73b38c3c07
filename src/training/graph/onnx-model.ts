import { ProtobufMessage } from './protobuf.ts';
import type { Tensor } from './tensor.ts';

/** An attribute of an ONNX node: a bare number is an integer. */
export type Attribute = number | { readonly float: number } | readonly number[] | string;

/** A value of a graph as a file names it. */
export interface NamedValue {
  readonly name: string;
}

/** An input or output of a graph. */
export interface OnnxValue extends NamedValue {
  readonly type: OnnxType;
  /** A name stands for an extent that differs from run to run. */
  readonly shape: readonly (number | string)[];
}

export interface GraphNode<Value extends NamedValue = Tensor> {
  readonly operator: string;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

const irVersion = 9;
/** The operator set: the first in which all reductions take their axes as an input. */
const operatorSet = 18;

/** Element types by their number in onnx.proto. */
export const onnxTypes = { float32: 1, int64: 7, bool: 9, float16: 10, bfloat16: 16 } as const;

export type OnnxType = keyof typeof onnxTypes;
const attributeTypes = { float: 1, integer: 2, string: 3, integers: 7 };

/** The bytes of an ONNX file (onnx.proto, ModelProto). Nodes must stand in an order in which they can run. */
export function encodeModel(graph: OnnxGraph): Uint8Array {
  return modelHead().message(graphField, graphMessage(graph)).encode();
}

export interface OnnxGraph {
  readonly nodes: readonly GraphNode<NamedValue>[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly constants: readonly (readonly [OnnxConstant, ArrayBufferView])[];
}

export interface OnnxConstant extends NamedValue {
  readonly type: OnnxType;
  readonly shape: readonly number[];
}

/** The fields of a ModelProto and a GraphProto that a graph and further constants are appended as. */
export const graphField = 7;
export const constantField = 5;

/** What stands in a ModelProto beside its graph. */
export function modelHead(): ProtobufMessage {
  const operators = new ProtobufMessage().string(1, '').integer(2, operatorSet);
  return new ProtobufMessage().integer(1, irVersion).string(2, 'corpuscope').message(8, operators);
}

/** A GraphProto. */
export function graphMessage({ nodes, inputs, outputs, constants }: OnnxGraph): ProtobufMessage {
  const graph = new ProtobufMessage();
  for (const node of nodes) graph.message(1, encodeNode(node));
  graph.string(2, 'corpuscope');
  for (const [constant, data] of constants) {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    graph.message(constantField, constantMessage(constant).bytes(9, bytes));
  }
  for (const input of inputs) graph.message(11, encodeValue(input));
  for (const output of outputs) graph.message(12, encodeValue(output));
  return graph;
}

/** A TensorProto without its numbers. */
export function constantMessage({ name, type, shape }: OnnxConstant): ProtobufMessage {
  const tensor = new ProtobufMessage();
  for (const extent of shape) tensor.integer(1, extent);
  return tensor.integer(2, onnxTypes[type]).string(8, name);
}

function encodeNode({ operator, inputs, outputs, attributes }: GraphNode<NamedValue>): ProtobufMessage {
  const node = new ProtobufMessage();
  for (const input of inputs) node.string(1, input.name);
  for (const output of outputs) node.string(2, output.name);
  node.string(4, operator);
  for (const [name, value] of Object.entries(attributes)) node.message(5, encodeAttribute(name, value));
  return node;
}

function encodeAttribute(name: string, value: Attribute): ProtobufMessage {
  const attribute = new ProtobufMessage().string(1, name);
  if (typeof value === 'number') return attribute.integer(3, value).integer(20, attributeTypes.integer);
  if (typeof value === 'string') return attribute.string(4, value).integer(20, attributeTypes.string);
  if ('float' in value) return attribute.float(2, value.float).integer(20, attributeTypes.float);
  for (const integer of value) attribute.integer(8, integer);
  return attribute.integer(20, attributeTypes.integers);
}

function encodeValue({ name, type, shape }: OnnxValue): ProtobufMessage {
  const tensorType = new ProtobufMessage().integer(1, onnxTypes[type]).message(2, encodeShape(shape));
  return new ProtobufMessage().string(1, name).message(2, new ProtobufMessage().message(1, tensorType));
}

function encodeShape(shape: OnnxValue['shape']): ProtobufMessage {
  const encoded = new ProtobufMessage();
  for (const extent of shape) {
    const dimension = new ProtobufMessage();
    encoded.message(
      1,
      typeof extent === 'number' ? dimension.integer(1, extent) : dimension.string(2, extent),
    );
  }
  return encoded;
}
