import { ProtobufMessage } from './protobuf.ts';
import type { ElementType, Shape, Tensor } from './tensor.ts';

/** An attribute of an ONNX node: a bare number is an integer. */
export type Attribute = number | { readonly float: number } | readonly number[] | string;

export interface GraphNode {
  readonly operator: string;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

const irVersion = 9;
/** The operator set: the first in which all reductions take their axes as an input. */
const operatorSet = 18;

const elementTypes: Readonly<Record<ElementType, number>> = { float32: 1, int64: 7, bool: 9 };
const attributeTypes = { float: 1, integer: 2, string: 3, integers: 7 };

/** The bytes of an ONNX file (onnx.proto, ModelProto). Nodes must stand in an order in which they can run. */
export function encodeModel(model: {
  readonly nodes: readonly GraphNode[];
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly constants: readonly (readonly [Tensor, ArrayBufferView])[];
}): Uint8Array {
  const graph = new ProtobufMessage();
  for (const node of model.nodes) graph.message(1, encodeNode(node));
  graph.string(2, 'corpuscope');
  for (const [tensor, data] of model.constants) graph.message(5, encodeConstant(tensor, data));
  for (const input of model.inputs) graph.message(11, encodeValue(input));
  for (const output of model.outputs) graph.message(12, encodeValue(output));
  const operators = new ProtobufMessage().string(1, '').integer(2, operatorSet);
  return new ProtobufMessage()
    .integer(1, irVersion)
    .string(2, 'corpuscope')
    .message(7, graph)
    .message(8, operators)
    .encode();
}

function encodeNode({ operator, inputs, outputs, attributes }: GraphNode): ProtobufMessage {
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

function encodeConstant({ name, type, shape }: Tensor, data: ArrayBufferView): ProtobufMessage {
  const tensor = new ProtobufMessage();
  for (const extent of shape) tensor.integer(1, extent);
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return tensor.integer(2, elementTypes[type]).string(8, name).bytes(9, bytes);
}

function encodeValue({ name, type, shape }: Tensor): ProtobufMessage {
  const tensorType = new ProtobufMessage().integer(1, elementTypes[type]).message(2, encodeShape(shape));
  return new ProtobufMessage().string(1, name).message(2, new ProtobufMessage().message(1, tensorType));
}

function encodeShape(shape: Shape): ProtobufMessage {
  const encoded = new ProtobufMessage();
  for (const extent of shape) encoded.message(1, new ProtobufMessage().integer(1, extent));
  return encoded;
}
