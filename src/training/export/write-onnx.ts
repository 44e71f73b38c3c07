import { basename } from 'node:path';
import { rm } from 'node:fs/promises';
import { writeAtomically, writeFully } from '../checkpoint/atomic-write.ts';
import { elementBytes, elementCount, encodeWeights } from '../checkpoint/element-type.ts';
import type { WeightType } from '../checkpoint/element-type.ts';
import { constantField, constantMessage, graphField, graphMessage, modelHead } from '../graph/onnx-model.ts';
import { ProtobufMessage } from '../graph/protobuf.ts';
import type { OnnxBuilder, OnnxWeight } from './onnx-builder.ts';

/** Protocol Buffers messages are at most 2 GiB; beyond this the weights lie in a file of their own. */
const maximumInlineBytes = 1_900_000_000;

/** Programs that map the file of weights into memory want them at such multiples. */
const externalAlignment = 4096;

/** Numbers are encoded in pieces of this many, so that a tensor is not in memory twice. */
const pieceNumbers = 2 ** 20;

/**
 * Writes a graph and its weights as an ONNX file, tensor by tensor; the weights of large models go to a file
 * `….onnx_data` beside it, as is usual. Files appear under their names when they are whole.
 *
 * @param input.read The numbers of a parameter; asked once for each, in order.
 * @returns The files.
 */
export async function writeOnnx(input: {
  readonly path: string;
  readonly builder: OnnxBuilder;
  readonly type: WeightType;
  readonly read: (parameter: string) => Promise<Float32Array>;
  readonly maximumInlineBytes?: number | undefined;
}): Promise<readonly string[]> {
  const { path, type } = input;
  const places: WeightPlace[] = [];
  let offset = 0;
  for (const weight of input.builder.weights) {
    const byteLength = elementCount(weight.shape) * elementBytes[type];
    places.push({ weight, byteLength, offset });
    offset = Math.ceil((offset + byteLength) / externalAlignment) * externalAlignment;
  }
  const external = `${path}_data`;
  if (offset <= (input.maximumInlineBytes ?? maximumInlineBytes)) {
    await writeInline(path, { ...input, places });
    await rm(external, { force: true });
    return [path];
  }
  await writeExternal(external, { ...input, places });
  const graph = graphMessage(input.builder.graph);
  for (const { weight, byteLength, offset: start } of places) {
    const location = { location: basename(external), offset: String(start), length: String(byteLength) };
    const constant = constantMessage(weight);
    for (const [key, value] of Object.entries(location)) {
      constant.message(13, new ProtobufMessage().string(1, key).string(2, value));
    }
    // The data's place is EXTERNAL.
    graph.message(constantField, constant.integer(14, 1));
  }
  await writeAtomically(path, (handle) =>
    writeFully(handle, modelHead().message(graphField, graph).encode()),
  );
  return [path, external];
}

interface WeightPlace {
  readonly weight: OnnxWeight;
  readonly byteLength: number;
  /** In the file of weights, where there is one. */
  readonly offset: number;
}

interface WeightSource {
  readonly type: WeightType;
  readonly read: (parameter: string) => Promise<Float32Array>;
  readonly places: readonly WeightPlace[];
}

/** The weights stand at the end of the graph, which stands at the end of the model, so that they can be streamed. */
async function writeInline(
  path: string,
  source: WeightSource & { readonly builder: OnnxBuilder },
): Promise<void> {
  const graph = graphMessage(source.builder.graph).encode();
  const entries = source.places.map((place) => {
    const constant = constantMessage(place.weight).announce(9, place.byteLength).encode();
    const length = constant.byteLength + place.byteLength;
    return {
      place,
      head: [new ProtobufMessage().announce(constantField, length).encode(), constant],
      length,
    };
  });
  const graphBytes = entries.reduce(
    (sum, { head: [announcement], length }) => sum + (announcement?.byteLength ?? 0) + length,
    graph.byteLength,
  );
  await writeAtomically(path, async (handle) => {
    await writeFully(handle, modelHead().announce(graphField, graphBytes).encode());
    await writeFully(handle, graph);
    for (const { place, head } of entries) {
      for (const bytes of head) await writeFully(handle, bytes);
      for await (const piece of encoded(source, place)) await writeFully(handle, piece);
    }
  });
}

async function writeExternal(path: string, source: WeightSource): Promise<void> {
  await writeAtomically(path, async (handle) => {
    let position = 0;
    for (const place of source.places) {
      await writeFully(handle, new Uint8Array(place.offset - position));
      for await (const piece of encoded(source, place)) await writeFully(handle, piece);
      position = place.offset + place.byteLength;
    }
  });
}

async function* encoded({ read, type }: WeightSource, { weight }: WeightPlace): AsyncGenerator<Uint8Array> {
  const numbers = await read(weight.parameter);
  for (let start = 0; start < numbers.length; start += pieceNumbers) {
    yield encodeWeights(numbers.subarray(start, start + pieceNumbers), type);
  }
}
