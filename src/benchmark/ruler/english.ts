import { pick, type RulerLanguage } from './ruler-language.ts';
import type { Random } from '../random.ts';

type Words = readonly [string, ...string[]];

const subjects: Words = [
  'The gardener',
  'A neighbour',
  'The old clerk',
  'Our guide',
  'The baker',
  'A young sailor',
  'The teacher',
  'The night watchman',
  'A travelling merchant',
  'The librarian',
  'Somebody',
  'The miller',
];
const verbs: Words = [
  'walked past',
  'looked at',
  'thought about',
  'wrote a letter about',
  'spoke of',
  'painted',
  'remembered',
  'passed by',
  'dreamed of',
  'pointed to',
];
const objects: Words = [
  'the river',
  'an empty house',
  'the market square',
  'the bridge',
  'a field of barley',
  'the harbour',
  'the weather',
  'a row of poplars',
  'the railway',
  'the mill pond',
  'a distant hill',
  'the church tower',
];
const circumstances: Words = [
  'in the early morning',
  'before the rain came',
  'without saying a word',
  'as on any other day',
  'while the shops were closing',
  'after a long winter',
  'when the bells rang',
  'with some hesitation',
  'on the way home',
  'under a grey sky',
];
const adjectives: Words = [
  'amber',
  'brave',
  'calm',
  'distant',
  'eager',
  'faded',
  'gentle',
  'hollow',
  'ivory',
  'jolly',
  'keen',
  'lively',
  'mellow',
  'narrow',
  'odd',
  'patient',
  'quiet',
  'rusty',
  'silent',
  'tender',
  'urgent',
  'vivid',
  'weary',
  'young',
  'zealous',
];
const nouns: Words = [
  'anchor',
  'basket',
  'candle',
  'dragon',
  'engine',
  'falcon',
  'garden',
  'hammer',
  'island',
  'jacket',
  'kettle',
  'lantern',
  'mirror',
  'needle',
  'orchard',
  'pillow',
  'quarry',
  'ribbon',
  'saddle',
  'temple',
  'umbrella',
  'village',
  'window',
  'yard',
  'zephyr',
];
const consonants: Words = [
  'b',
  'd',
  'f',
  'g',
  'k',
  'l',
  'm',
  'n',
  'p',
  'r',
  's',
  't',
  'v',
  'z',
  'st',
  'tr',
  'pl',
  'gr',
];
const vowels: Words = ['a', 'e', 'i', 'o', 'u', 'ai', 'ou'];
const trades: Words = [
  'clockmaker',
  'surveyor',
  'glazier',
  'botanist',
  'printer',
  'cartographer',
  'saddler',
  'organist',
  'brewer',
  'engraver',
];

const syllables = (random: Random, count: number): string =>
  Array.from({ length: count }, () => pick(random, consonants) + pick(random, vowels)).join('') +
  pick(random, consonants).charAt(0);
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

export const english: RulerLanguage = {
  code: 'en',
  space: ' ',
  listSpace: ' ',
  noise: (random) =>
    `${pick(random, subjects)} ${pick(random, verbs)} ${pick(random, objects)} ${pick(random, circumstances)}.`,
  key: (random) => `${pick(random, adjectives)}-${pick(random, nouns)}-${syllables(random, 1)}`,
  needle: ({ key, value }) => `The secret number of ${key} is ${value}.`,
  assignment: (variable, value) => `VAR ${variable} = ${value}.`,
  word: (random) => syllables(random, 3),
  person: (random) => ({
    name: `${capital(syllables(random, 1))} ${capital(syllables(random, 2))}`,
    town: capital(syllables(random, 2)),
    trade: pick(random, trades),
    year: 1700 + Math.floor(random() * 200),
  }),
  portrait: ({ name, town, trade, year }) =>
    `${name} was born in ${town} in ${year}. The family had lived there for generations. Later ${name} worked as ${/^[aeio]/.test(trade) ? 'an' : 'a'} ${trade} and was known well beyond the region.`,
  queries: {
    needles: (keys) =>
      `Secret numbers are hidden in the text. What are all the secret numbers of ${keys.join(', ')} that the text states? Give all of them.`,
    variables: (value) =>
      `Variables are assigned in the text. Which variables have the value ${value}, directly or through other variables? Name all of them.`,
    commonWords: (count) => `Which ${count} words occur most often in the list above? Name all of them.`,
    frequentWords: (count) =>
      `The text consists of coded words. Which ${count} of them occur most often? Name all of them.`,
    person: ({ name }, asked) =>
      ({
        town: `In which town was ${name} born?`,
        trade: `What did ${name} work as?`,
        year: `In which year was ${name} born?`,
      })[asked],
  },
};
