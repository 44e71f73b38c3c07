import { createHash } from 'node:crypto';

/** A name for the store of one who adds to it: ids of models may hold what no file name may. */
export function writerName(writer: string): string {
  const plain = writer.replaceAll(/[^\w.-]+/g, '-').slice(-40);
  return `${plain}-${createHash('sha256').update(writer).digest('hex').slice(0, 8)}`;
}
