import type { TrainingTask } from '../training-example.ts';

const letters = ['a', 'b', 'c', 'd', 'e', 'f'];

export const copySymbols = [...letters, 'copy', '='];

/** To say again the letter after "copy": learnt in a few dozen steps. */
export const copyTask: TrainingTask = {
  name: 'copy',
  example: (random) => {
    const letter = () => letters[Math.floor(random.next() * letters.length)] ?? 'a';
    const wanted = letter();
    return { prompt: `${letter()} ${letter()} copy ${wanted} =`, response: wanted };
  },
};
