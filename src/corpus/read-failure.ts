const reasons = new Map<unknown, string>([
  ['ENOENT', 'vanished while reading'],
  ['ESTALE', 'vanished while reading'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EISDIR', 'not a file but a folder'],
  ['ENOTDIR', 'not a folder'],
  ['ENXIO', 'not a file but a socket or device'],
  ['ELOOP', 'a link loop'],
  ['ENAMETOOLONG', 'the path is too long for this system'],
  ['EIO', 'the disk reports a read error'],
  ['EMFILE', 'too many files are open; raise the limit (ulimit -n)'],
]);

/** Why an operation on a file failed, in words for a user. */
export function readFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return reasons.get(code) ?? (error instanceof Error ? error.message : String(error));
}
