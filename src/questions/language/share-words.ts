const labels = /^\s*(?:%|percent\w*|pct|share)(?:\s|$)/i;
const words = /^(?:%|per|percent\w*|pct|share|proportion|fraction|part|portion|rate|much)$/;

/** Whether a field's name begins with a sign of a share: "% urban population". */
export const isCalledShare = (label: string): boolean => labels.test(label);

/** Whether the word speaks of a share. */
export const isShareWord = (word: string): boolean => words.test(word);
