import { measureSymbol } from '../../table/values/units.ts';

/** Words and how headers of tables shorten them; a question has the words in full. */
const known: ReadonlyMap<string, readonly string[]> = new Map(
  [
    'acceleration accel',
    'account acct',
    'apartment apt',
    'attendance att',
    'bathroom ba',
    'building bldg',
    'capacity cap',
    'category cat',
    'cylinder cyl',
    'diameter dia diam',
    'displacement disp displ',
    'distance dist',
    'district dist',
    'education edu educ',
    'elevation elev',
    'employee emp',
    'engine eng',
    'establishment est',
    'experience exp',
    'expense exp',
    'government gov govt',
    'laboratory lab',
    'language lang',
    'manager mgr',
    'manufacturer mfr mfg manuf',
    'municipality mun',
    'occupation occ',
    'passenger pax',
    'population pop',
    'position pos',
    'production prod',
    'quantity qty',
    'region reg',
    'registration reg',
    'registered reg',
    'revenue rev',
    'specification spec',
    'temperature temp',
    'transaction txn',
    'transmission trans',
    'university univ uni',
    'vehicle veh',
    'volume vol',
  ].map((group) => {
    const [word = '', ...short] = group.split(' ');
    return [word, short] as const;
  }),
);

const shortest = 3;

/** Whether the letters stand in the word in this order, beginning with its first. */
function runsThrough(short: string, word: string): boolean {
  if (short.charAt(0) !== word.charAt(0)) return false;
  let at = 0;
  for (const letter of short) {
    at = word.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/**
 * Whether a word of a header is the short form of a question's word: `cyl` of "cylinder". A word with a point after it
 * is short for any that holds its letters; without one, and without vowels, for any that ends as it does.
 */
export function isShortFormOf(short: string, lemma: string, isPointed: boolean): boolean {
  if (short.length >= lemma.length) return false;
  if (known.get(lemma)?.includes(short) === true) return true;
  if (isPointed) return short.length > 1 && runsThrough(short, lemma);
  return (
    short.length >= shortest &&
    /^[b-df-hj-np-tv-z]+$/.test(short) &&
    short.at(-1) === lemma.at(-1) &&
    measureSymbol(short) === null &&
    runsThrough(short, lemma)
  );
}
