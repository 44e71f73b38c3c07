const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const irregularPlurals = set(
  'people men women children persons staff personnel feet teeth mice geese data cattle police species sheep fish ' +
    'troops aircraft spacecraft crew media criteria phenomena alumni fungi nuclei stimuli larvae series headquarters ' +
    'means works policemen firemen servicemen fishermen businessmen congressmen ' +
    'gunmen guardsmen workmen clergymen fatalities',
);
const notPlurals = set(
  'this its his was is has does as us plus thus versus less across gas bus class loss success always perhaps others',
);

/** Whether an English noun in lower case is a plural, as its form tells. */
export function isPlural(word: string): boolean {
  if (irregularPlurals.has(word)) return true;
  return word.length > 3 && /[^su]s$/.test(word) && !notPlurals.has(word) && !/(?:ous|ness|ics)$/.test(word);
}
