const text = new TextEncoder();

/** Writes a Protocol Buffers message field by field: as much of the wire format as an ONNX file needs. */
export class ProtobufMessage {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  /** A field of an integer type; negative numbers as two's complement, as the format has it. */
  integer(field: number, value: number): this {
    return this.#append(varint(BigInt(field) << 3n)).#append(varint(BigInt(value)));
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.#append(varint((BigInt(field) << 3n) | 5n)).#append(bytes);
  }

  bytes(field: number, value: Uint8Array): this {
    return this.announce(field, value.length).#append(value);
  }

  /** What stands before the bytes of a field or of a message in it, for bytes that are written elsewhere. */
  announce(field: number, length: number): this {
    return this.#append(varint((BigInt(field) << 3n) | 2n)).#append(varint(BigInt(length)));
  }

  string(field: number, value: string): this {
    return this.bytes(field, text.encode(value));
  }

  message(field: number, value: ProtobufMessage): this {
    this.announce(field, value.#length);
    for (const chunk of value.#chunks) this.#append(chunk);
    return this;
  }

  /** In bytes. */
  get length(): number {
    return this.#length;
  }

  encode(): Uint8Array {
    const encoded = new Uint8Array(this.#length);
    let offset = 0;
    for (const chunk of this.#chunks) {
      encoded.set(chunk, offset);
      offset += chunk.length;
    }
    return encoded;
  }

  #append(chunk: Uint8Array): this {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    return this;
  }
}

function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 128);
  } while (rest !== 0n);
  return Uint8Array.from(bytes);
}
