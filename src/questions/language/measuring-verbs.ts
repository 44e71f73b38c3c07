/**
 * What a verb says that a thing has some amount or date of, where no ending leads from the one word to the other:
 * storms kill, and their deaths are counted. The verbs first, then how such a field may be called, likeliest first.
 */
const measures: readonly (readonly [verbs: string, nouns: string])[] = [
  ['kill slay claim', 'deaths|fatalities|killed|casualties|victims'],
  ['die perish', 'deaths|fatalities|killed|died'],
  ['injure wound hurt', 'injuries|injured|wounded|casualties'],
  ['weigh', 'weight|mass'],
  ['cost', 'cost|price|fee'],
  ['earn', 'earnings|income|salary|wage|revenue'],
  ['pay', 'salary|wage|pay|income|payment|price'],
  ['charge', 'price|fee|charge|tuition|rent'],
  ['owe', 'debt|balance|amount due'],
  ['spend', 'spending|expenditure|budget|cost'],
  ['gross', 'gross|box office|revenue'],
  ['sell retail', 'sales|price'],
  ['draw', 'power consumption|power|consumption'],
  ['consume guzzle', 'consumption|power consumption'],
  ['hold seat accommodate house', 'capacity|seats|beds'],
  ['carry transport', 'capacity|passengers|payload|cargo'],
  ['employ', 'employees|staff|headcount|workforce'],
  ['cover span occupy', 'area|size|surface'],
  ['stretch run extend', 'length'],
  ['rise tower soar stand', 'height|elevation'],
  ['last take', 'duration|length|running time'],
  ['live reside dwell inhabit', 'population|inhabitants'],
  ['enroll enrol study', 'enrollment|students|pupils'],
  ['teach', 'teachers|staff'],
  ['melt', 'melting point'],
  ['boil', 'boiling point'],
  ['orbit revolve', 'orbital period|period'],
  ['found establish', 'founded|established|year founded|founding year|inception'],
  ['release launch debut', 'release date|released|launch date|launched|release year|launch year|inception'],
  ['read view watch visit attend', 'readers|views|viewers|visitors|attendance'],
  ['vote', 'votes|turnout'],
  ['produce yield', 'production|output|yield'],
  ['emit', 'emissions'],
  ['travel fly', 'distance|range'],
  ['rain', 'rainfall|precipitation'],
  ['snow', 'snowfall|snow depth'],
  ['blow', 'wind speed|wind'],
];

/** The past and the present participle of a regular verb: `charged`, `carried`, `shipping`. */
function inflections(verb: string): readonly string[] {
  if (verb.endsWith('e')) return [`${verb}d`, `${verb.slice(0, -1)}ing`, `${verb}s`];
  if (/[^aeiou]y$/.test(verb)) return [`${verb.slice(0, -1)}ied`, `${verb}ing`, `${verb.slice(0, -1)}ies`];
  const last = /^[^aeiou]*[aeiou][bdglmnprt]$/.test(verb) ? `${verb}${verb.at(-1) ?? ''}` : verb;
  return [`${last}ed`, `${last}ing`, /(?:s|x|ch|sh)$/.test(verb) ? `${verb}es` : `${verb}s`];
}

const byVerb = new Map<string, readonly string[]>();
for (const [verbs, nouns] of measures)
  for (const verb of verbs.split(' '))
    for (const form of [verb, ...inflections(verb)]) byVerb.set(form, nouns.split('|'));

/**
 * How a field may be called whose figure the verb asks for, likeliest first; none for verbs that measure nothing. Takes
 * the word as it stands and, for verbs such as "drew", its dictionary form.
 */
export const measuredByVerb = ({
  word,
  lemma,
}: {
  readonly word: string;
  readonly lemma: string;
}): readonly string[] => byVerb.get(word) ?? byVerb.get(lemma) ?? [];
