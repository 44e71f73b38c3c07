const wordsForMany =
  /\b(?:how many|number of|averages?|mean|median|sum|totals?|percentages?|share|proportion|ratio|list|lists|which|all|every|each|most|least|fewest|highest|lowest|largest|smallest|longest|shortest|top|bottom|rank|ranked|compare|across|among|any of|none of|per|distribution|correlat\w+|trends?|exceed\w*|more than|less than|fewer than|at least|at most|above|below|between)\b/i;

/** Whether the words of a question speak of many documents, as counts, orders and lists do, and not of one thing. */
export function asksAboutMany(question: string): boolean {
  return wordsForMany.test(question);
}
