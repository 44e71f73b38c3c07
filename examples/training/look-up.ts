import type { SeededRandom, TrainingTask } from '../../src/training/index.ts';

const companies = Array.from({ length: 40 }, (_, company) => `company-${company}`);
const fields = ['revenue', 'staff', 'profit', 'founded'];
const figures = Array.from({ length: 32 }, (_, figure) => `${figure}`);

/** Every symbol of the task: the vocabulary of the policy. */
export const symbols = [...companies, ...fields, ...figures, ';', '?'];

/**
 * To find one fact among many: reports state figures of companies, and one of them is asked for.
 *
 *     company-7 staff 12 ; company-31 revenue 4 ; company-7 profit 9 ; ? company-7 staff   →   12
 *
 * Nothing but the pair of company and field tells the answer: each company has facts of other fields, and each field
 * of other companies. The more facts, the harder.
 */
export function lookUp(facts: number): TrainingTask {
  return {
    name: `look-up among ${facts} facts`,
    example: (random) => {
      const pick = (items: readonly string[]) => items[Math.floor(random.next() * items.length)] ?? '';
      const stated = drawPairs(facts, random).map((pair) => ({ ...pair, figure: pick(figures) }));
      const asked = stated[Math.floor(random.next() * stated.length)];
      const report = stated.map(({ company, field, figure }) => `${company} ${field} ${figure} ;`);
      return {
        prompt: [...report, `? ${asked?.company} ${asked?.field}`].join(' '),
        response: asked?.figure,
      };
    },
  };
}

/** Pairs of company and field, all different; of a few companies, so that each has several. */
function drawPairs(count: number, random: SeededRandom): { company: string; field: string }[] {
  const some = random.shuffled(companies).slice(0, Math.ceil(count / 2));
  const pairs = some.flatMap((company) => fields.map((field) => ({ company, field })));
  return random.shuffled(pairs).slice(0, count);
}
