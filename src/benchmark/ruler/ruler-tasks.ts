/** The tasks of RULER (arXiv 2404.06654). */
export const rulerTasks = [
  /** One needle. */
  'niah_single',
  /** One needle among others that have other keys. */
  'niah_multikey',
  /** One key with several values; all are asked for. */
  'niah_multivalue',
  /** Several keys; the values of all are asked for. */
  'niah_multiquery',
  /** Which variables have a value, through assignments of one to the next. */
  'vt',
  /** The words of a list that occur most often, thirty times against three. */
  'cwe',
  /** The most frequent words of a text whose words are as frequent as Zipf says. */
  'fwe',
  /** A question that one of many documents answers. */
  'qa',
] as const;

export type RulerTask = (typeof rulerTasks)[number];
