/** Responses cannot be drawn as asked. The message names the cause and what would do. */
export class DecodingError extends Error {
  override readonly name = 'DecodingError';
}
