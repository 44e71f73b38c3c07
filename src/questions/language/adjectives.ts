/** A quality that things have more or less of, with the words for either end and what measures it. */
interface Scale {
  readonly high: string;
  readonly low: string;
  /** How a field may be called that measures it. */
  readonly measured: string;
  /** Units of such a field, where it is called otherwise. */
  readonly units?: string;
}

/** Everyday qualities of things, as dictionaries pair their adjectives. */
const scales: readonly Scale[] = [
  {
    high: 'hot warm',
    low: '',
    measured: 'temperature|maximum temperature|high temperature',
    units: '°C',
  },
  {
    high: '',
    low: 'cold cool chilly',
    measured: 'temperature|minimum temperature|low temperature',
    units: '°C',
  },
  { high: 'wet rainy', low: 'dry', measured: 'rainfall|precipitation|moisture|humidity' },
  { high: 'heavy', low: 'light', measured: 'weight|mass', units: 'kg' },
  { high: 'tall', low: '', measured: 'height|elevation', units: 'm' },
  { high: 'long', low: 'short brief', measured: 'length|duration', units: 'm|s' },
  { high: 'dense', low: '', measured: 'density' },
  { high: 'deep', low: 'shallow', measured: 'depth', units: 'm' },
  { high: 'wide broad', low: 'narrow', measured: 'width', units: 'm' },
  { high: 'thick', low: 'thin', measured: 'thickness|girth|diameter' },
  { high: 'fast', low: 'slow', measured: 'speed|velocity', units: 'km/h' },
  { high: 'pricey costly dear expensive', low: 'cheap', measured: 'price|cost|fee|damage' },
  { high: 'rich wealthy', low: 'poor', measured: 'wealth|income|grade' },
  { high: 'loud noisy', low: 'quiet', measured: 'noise|sound level' },
  { high: 'bright', low: 'dim faint', measured: 'brightness|luminosity' },
  { high: 'strong', low: 'weak', measured: 'strength|magnitude|wind speed' },
  { high: 'steep', low: 'flat gentle', measured: 'slope|gradient|steepness' },
  { high: 'windy', low: 'calm', measured: 'wind speed|wind' },
  { high: 'sunny', low: 'cloudy', measured: 'sunshine' },
  { high: 'busy', low: '', measured: 'traffic|passengers|visitors|riders|customers' },
  { high: 'salty', low: '', measured: 'salinity' },
  { high: 'deadly lethal', low: '', measured: 'deaths|fatalities|killed|casualties' },
  { high: 'powerful', low: '', measured: 'power|horsepower|output' },
  { high: 'snowy', low: '', measured: 'snowfall|snow depth|snow' },
  { high: 'spacious roomy', low: 'cramped', measured: 'area|space|room' },
  { high: 'sugary sweet', low: '', measured: 'sugar' },
  { high: 'fatty', low: 'lean', measured: 'fat' },
  { high: 'educated', low: '', measured: 'education|schooling' },
  { high: 'prestigious', low: '', measured: 'prestige' },
  { high: 'abundant plentiful', low: 'scarce', measured: 'abundance' },
  { high: 'distant remote far', low: 'near close', measured: 'distance', units: 'km' },
  { high: 'intense', low: '', measured: 'intensity' },
  { high: 'productive', low: '', measured: 'production|output|yield|productivity' },
  { high: 'efficient economical', low: '', measured: 'efficiency|fuel economy|mileage' },
  { high: 'polluted', low: 'clean', measured: 'pollution' },
  { high: 'crowded', low: '', measured: 'population density|occupancy' },
  { high: 'economical frugal thrifty', low: '', measured: 'mileage|fuel economy|economy|efficiency' },
  { high: 'efficient', low: 'inefficient', measured: 'efficiency|mileage' },
  { high: 'abundant plentiful', low: 'scarce', measured: 'abundance' },
  { high: 'dense', low: '', measured: 'density' },
  { high: 'big large', low: 'small tiny', measured: 'size|area|diameter|radius' },
  { high: 'stiff', low: 'flexible', measured: 'stiffness|modulus|rigidity' },
  { high: 'hard', low: 'soft', measured: 'hardness' },
  { high: 'punctual', low: '', measured: 'punctuality|on time' },
  { high: 'valuable', low: '', measured: 'value|valuation|worth' },
];

const doubling = /^(?:[^aeiou]*)[aeiou][bdgmnpt]$/;

/** The comparative or superlative of an adjective: `hot` → `hotter`, `dry` → `driest`. */
export function graded(adjective: string, ending: 'er' | 'est'): string {
  if (adjective === 'far') return `farth${ending}`;
  if (adjective.endsWith('e')) return `${adjective}${ending.slice(1)}`;
  if (/[^aeiou]y$/.test(adjective) || adjective.endsWith('cey'))
    return `${adjective.replace(/e?y$/, '')}i${ending}`;
  return doubling.test(adjective)
    ? `${adjective}${adjective.at(-1) ?? ''}${ending}`
    : `${adjective}${ending}`;
}

/** What is full of a thing or made of it: "foggy", "wooden". */
export function adjectivesOfThing(noun: string): readonly string[] {
  if (!/^[a-z]{3,8}$/.test(noun) || /[aiouy]$/.test(noun)) return [];
  if (noun.endsWith('e')) return [`${noun.slice(0, -1)}y`, `${noun}n`];
  const root = doubling.test(noun) ? `${noun}${noun.at(-1) ?? ''}` : noun;
  return [`${root}y`, `${noun}en`];
}

/** A quality with the direction in which a word takes it. */
export interface GradedScale {
  readonly descending: boolean;
  readonly measured: readonly string[];
  readonly units: readonly string[] | undefined;
}

const words = (text: string): readonly string[] => (text === '' ? [] : text.split(' '));

interface Entry extends GradedScale {
  readonly adjective: string;
}

const entries: readonly Entry[] = scales.flatMap(({ high, low, measured, units }) =>
  [
    { adjectives: words(high), descending: true },
    { adjectives: words(low), descending: false },
  ].flatMap(({ adjectives, descending }) =>
    adjectives.map((adjective) => ({
      adjective,
      descending,
      measured: measured.split('|'),
      units: units?.split('|'),
    })),
  ),
);

const byComparative = new Map(entries.map((entry) => [graded(entry.adjective, 'er'), entry]));

/** The quality of which a comparative says more or less: `heavier`, `colder`; null for other words. */
export const scaleOf = (comparative: string): GradedScale | null => byComparative.get(comparative) ?? null;

/** Every superlative that a scale gives, with what it measures. */
export const gradedSuperlatives: readonly (GradedScale & { readonly words: string })[] = entries.map(
  (entry) => ({
    ...entry,
    words: `${graded(entry.adjective, 'est')}${entry.adjective === 'far' ? '|furthest' : ''}|${entry.descending ? 'most' : 'least'} ${entry.adjective}`,
  }),
);
