/** A GGUF file as a reader finds it, for tests: written from the format's description, apart from the writer. */
export interface GgufContent {
  readonly metadata: Map<string, unknown>;
  readonly tensors: Map<string, { shape: number[]; type: number; bytes: Uint8Array }>;
}

export function readGguf(file: Uint8Array): GgufContent {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let position = 0;
  const u32 = (): number => view.getUint32((position += 4) - 4, true);
  const u64 = (): number => Number(view.getBigUint64((position += 8) - 8, true));
  const text = (): string => {
    const length = u64();
    return new TextDecoder().decode(file.subarray(position, (position += length)));
  };
  const value = (type: number): unknown => {
    if (type === 4) return u32();
    if (type === 5) return view.getInt32((position += 4) - 4, true);
    if (type === 6) return view.getFloat32((position += 4) - 4, true);
    if (type === 7) return view.getUint8((position += 1) - 1) === 1;
    if (type === 8) return text();
    if (type !== 9) throw new Error(`unknown type ${type}`);
    const elementType = u32();
    return Array.from({ length: u64() }, () => value(elementType));
  };
  if (new TextDecoder().decode(file.subarray(0, 4)) !== 'GGUF') throw new Error('no GGUF');
  position = 4;
  if (u32() !== 3) throw new Error('not version 3');
  const [tensorCount, keyCount] = [u64(), u64()];
  const metadata = new Map(Array.from({ length: keyCount }, () => [text(), value(u32())] as const));
  const described = Array.from({ length: tensorCount }, () => ({
    name: text(),
    extents: Array.from({ length: u32() }, u64),
    type: u32(),
    offset: u64(),
  }));
  const dataStart = Math.ceil(position / 32) * 32;
  const ends = [...described.slice(1).map(({ offset }) => dataStart + offset), file.byteLength];
  return {
    metadata,
    tensors: new Map(
      described.map(({ name, extents, type, offset }, index) => {
        if (offset % 32 !== 0) throw new Error(`"${name}" is not aligned`);
        const bytes = new Uint8Array(file.subarray(dataStart + offset, ends[index]));
        return [name, { shape: extents.reverse(), type, bytes }];
      }),
    ),
  };
}
