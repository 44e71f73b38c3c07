const irregular: ReadonlySet<string> = new Set(
  'taught written led driven built sold bought held kept sent spoken drawn grown shown known lent shot paid made run won lost flown sung caught given taken chosen'.split(
    ' ',
  ),
);

/** Whether the word has the form of a participle: "reviewed", "taught". */
export const isParticiple = (word: string): boolean => irregular.has(word) || /.{2}(?:ed|ing)$/.test(word);
