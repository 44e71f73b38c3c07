/** With this a reply begins to say that, and why, it gives no answer. */
export const cannotAnswer = 'Cannot answer:';

const refusal = /^[\s*]*Cannot answer:[\s*]*(?<reason>[\s\S]*)/i;

/** The reason of a reply that is such a refusal, else null. */
export function readRefusal(reply: string): string | null {
  const reason = refusal.exec(reply)?.groups?.['reason'];
  return reason === undefined ? null : reason.trim();
}
