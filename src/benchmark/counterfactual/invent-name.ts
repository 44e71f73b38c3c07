import type { Random } from '../random.ts';

const syllables = 'ba dor el fin gra hal ist ka lo mer nia os pra quen ri sel tav ul vor zan'.split(' ');

/** A name that nothing else has, and adds it to those that are taken. */
export function inventName(random: Random, taken: Set<string>): string {
  for (;;) {
    const count = 3 + Math.floor(random() * 2);
    const parts = Array.from({ length: count }, () => syllables[Math.floor(random() * syllables.length)]);
    const name = parts.join('');
    const capitalised = name.charAt(0).toUpperCase() + name.slice(1);
    if (taken.has(capitalised)) continue;
    taken.add(capitalised);
    return capitalised;
  }
}
