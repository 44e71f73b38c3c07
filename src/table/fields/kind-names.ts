import { kindNouns } from '../kind-nouns.ts';
import type { DocumentKind } from './document-kinds.ts';
import { recordFile, type RankedDocument } from './document-order.ts';
import { fillerWords } from './generic-words.ts';
import { toIdentifier, type UniqueNames } from './identifiers.ts';
import { foldLabel } from '../values/labels.ts';
import { withoutAffixes } from './title-affixes.ts';

export interface KindName {
  /** The SQL identifier of the kind's table. */
  readonly name: string;
  /** What one row may be called, most likely first. */
  readonly nouns: readonly string[];
}

/** Folder and file names that say how documents are kept, not what they are. */
const storageWords: ReadonlySet<string> = new Set(
  (
    'doc docs document documents data dataset datasets file files folder corpus input inputs output outputs sample ' +
    'samples example examples test tests tmp temp text texts txt md markdown html htm pdf pdfs docx xlsx csv json ' +
    'jsonl eml mbox export exports import download downloads archive archives raw source sources src content all ' +
    'new old main misc other home user users desktop work project projects repository repo stdin sheet sheet1 ' +
    'tabelle1 feuil1 table dev train eval untitled index readme copy final draft version page pages part'
  ).split(' '),
);

/** Whether a folder's name says how documents are kept, and not what they are: `docs`, `data`. */
export function isStorageName(name: string): boolean {
  return !isTelling(wordsOf(name));
}

/** What any row may be called. */
export const commonNouns = [
  'document',
  'file',
  'record',
  'entry',
  'item',
  'profile',
  'report',
  'entity',
  'row',
];
const fallbackName = 'records';
const commonShare = 0.6;
const mostTitleWords = 3;
/** A noun that this share of the titles end in says what the documents are about: "Ironwood College". */
const nounShare = 0.1;
/** What companies' names end in. */
const legalForms =
  /\b(?:inc|incorporated|corp|corporation|company|co|ltd|limited|plc|llc|llp|lp|gmbh|ag|kg|se|sa|s\.a|nv|n\.v|bv|b\.v|spa|s\.p\.a|oyj?|ab|asa|group|holdings)\.?$/i;
/** What Chinese names of things end in. */
const hanHeads =
  /(公司|集团|银行|医院|诊所|大学|学院|学校|中学|小学|研究院|研究所|基金|酒店|餐厅|机场|车站|博物馆|图书馆|公园|项目|小区|工厂)$/u;
const companyNouns = ['company', 'corporation'];

/**
 * Names the kinds: rows of a file after the file or sheet; documents after the folder they lie in, when its name
 * is a word and tells them from other kinds, else after a word that most of their file names or titles share.
 */
export function nameKinds({
  kinds,
  documents,
  corpusName,
  tables,
}: {
  kinds: readonly DocumentKind[];
  documents: readonly RankedDocument[];
  corpusName: string;
  tables: UniqueNames;
}): KindName[] {
  const folders = kinds.map((kind) => folderNames(membersOf(kind, documents), corpusName));
  return kinds.map((kind, index) => {
    const members = membersOf(kind, documents);
    const shared = new Set(
      folders.filter((_, other) => other !== index && kinds[other]?.records === false).flat(),
    );
    const words = [
      ...(kind.records ? recordNames(members) : []),
      ...(folders[index] ?? []).filter((folder) => !shared.has(folder)),
      ...commonFileWords(members),
      ...commonTitleWords(members),
      ...(folders[index] ?? []),
    ];
    const subjects = kind.records ? [] : titleNouns(members);
    const [first = plural(subjects[0] ?? 'record')] = words;
    return {
      name: tables.take(toIdentifier(first) || fallbackName),
      nouns: nounsOf([...words, ...subjects]),
    };
  });
}

/** Names a table of rows within documents after its caption or heading, else after the documents. */
export function nameRowKind({
  captions,
  documents,
  corpusName,
  tables,
}: {
  captions: readonly string[];
  documents: readonly RankedDocument[];
  corpusName: string;
  tables: UniqueNames;
}): KindName {
  const [only, ...others] = documents;
  const ofDocument =
    others.length > 0 || only === undefined ? [] : [wordsOf(only.title ?? ''), wordsOf(stemOf(only.path))];
  const words = [
    ...captions.map(wordsOf),
    ...ofDocument.slice(0, 1),
    ...folderNames(documents, corpusName),
    ...ofDocument,
  ];
  const telling = words.filter(isTelling);
  const [first = 'rows'] = telling;
  return { name: tables.take(toIdentifier(first) || 'rows'), nouns: nounsOf(telling) };
}

/** What a row may be called in a table with these names. */
function nounsOf(names: readonly string[]): string[] {
  return [...new Set([...singularNouns(names), ...commonNouns])];
}

/** The names in the singular, and the last word of each: "annual reports" gives "annual report" and "report". */
export function singularNouns(names: readonly string[]): string[] {
  const singulars = names.flatMap((name) => {
    const words = foldLabel(name);
    return [words, words.split(' ').at(-1) ?? ''];
  });
  return [...new Set(singulars)].filter((word) => /\p{L}{2}|^\p{Script=Han}$/u.test(word));
}

function membersOf(kind: DocumentKind, documents: readonly RankedDocument[]): RankedDocument[] {
  return Array.from(kind.documents, (rank) => documents[rank]).filter((document) => document !== undefined);
}

/** Names of the folders that all members lie in, innermost first, the corpus's own last. */
function folderNames(members: readonly RankedDocument[], corpusName: string): string[] {
  const [first, ...others] = members.map(({ path }) => path.split('/').slice(0, -1));
  let common = first ?? [];
  for (const folders of others) {
    const differs = common.findIndex((folder, index) => folder !== folders[index]);
    if (differs >= 0) common = common.slice(0, differs);
  }
  const corpus = corpusName.split('/').map((part) => part.replace(/\.\w{2,5}$/, ''));
  return [...corpus, ...common].reverse().map(wordsOf).filter(isTelling);
}

function recordNames(members: readonly RankedDocument[]): string[] {
  const files = [...new Set(members.map((member) => recordFile(member) ?? ''))];
  const names = files.map((file) => {
    const [path = '', sheet = ''] = file.split('\n');
    const stem = wordsOf(stemOf(path));
    const sheetName = wordsOf(sheet.replace(/[!=]$/, ''));
    return isTelling(sheetName) && sheetName !== 'row' ? [sheetName, stem] : [stem];
  });
  const [only = []] = names;
  if (names.length === 1) return only.filter(isTelling);
  const common = commonWords(names.map(([name = '']) => name));
  return common.length === 0 ? only.filter(isTelling) : [common.join(' ')];
}

/** The letters before a number are its series, not what is filed: `INC-313`, `FS20711`. */
const identifier = /(?<!\p{L})\p{Lu}{1,5}[-_]?\d{2,}/gu;

function commonFileWords(members: readonly RankedDocument[]): string[] {
  if (members.length < 2) return [];
  return commonWords(members.map(({ path }) => wordsOf(stemOf(path).replaceAll(identifier, ' '))))
    .slice(0, 1)
    .map(plural);
}

function commonTitleWords(members: readonly RankedDocument[]): string[] {
  if (members.length < 2) return [];
  const words = commonWords(members.map(({ title }) => wordsOf((title ?? '').replaceAll(identifier, ' '))));
  return words.length === 0 ? [] : [plural(words.slice(0, mostTitleWords).join(' '))];
}

/** What the titles say that their documents are about, the most frequent first. */
function titleNouns(members: readonly RankedDocument[]): string[] {
  const titles = members.flatMap(({ title }) => (title === null ? [] : [title.trim()]));
  if (titles.length < 2) return [];
  const counts = new Map<string, number>();
  const count = (noun: string): void => void counts.set(noun, (counts.get(noun) ?? 0) + 1);
  const bare = withoutAffixes(titles).flatMap((title) => title ?? []);
  for (const title of bare) {
    const head = hanHeads.exec(title)?.[1];
    if (head !== undefined) count(head);
  }
  for (const title of titles) {
    if (legalForms.test(title)) companyNouns.forEach(count);
    const words = wordsOf(title).split(' ');
    const heads = new Set([words.at(-1) ?? '', words[words.indexOf('of') - 1] ?? '']);
    for (const head of heads) if (kindNouns.has(head)) count(head);
  }
  const known = [...counts]
    .filter(([, number]) => number >= Math.max(2, titles.length * nounShare))
    .sort(([, a], [, b]) => b - a)
    .map(([noun]) => noun);
  return [...new Set([...known, ...hanEndings(bare)])];
}

/** Nouns of one character that stand by themselves. */
const freeStanding = /[桥店矿校馆站港湖河山岛村镇县厂楼塔寺园船车书药案井]$/u;
const fewestAlike = 5;
const endingShare = 0.2;
const longestEnding = 4;

/** What many Chinese names end in: 隧道 of 秦岭隧道 and 雪峰山隧道. Of an ending and a longer one of as many names, the longer. */
function hanEndings(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) {
    const [text = ''] = /\p{Script=Han}{3,}$/u.exec(name) ?? [];
    for (
      let length = freeStanding.test(text) ? 1 : 2;
      length <= Math.min(longestEnding, text.length - 1);
      length += 1
    ) {
      const ending = text.slice(-length);
      counts.set(ending, (counts.get(ending) ?? 0) + 1);
    }
  }
  const fewest = Math.max(fewestAlike, names.length * endingShare);
  const shared = [...counts].filter(([, count]) => count >= fewest);
  return shared
    .filter(
      ([ending, count]) =>
        !shared.some(
          ([other, more]) =>
            other !== ending &&
            ((other.endsWith(ending) && more >= count * endingKept) ||
              (ending.endsWith(other) && more >= count * endingLost)),
        ),
    )
    .sort(([, one], [, other]) => other - one)
    .map(([ending]) => ending);
}

/** A longer ending stands for a shorter one where so many of its names have it. */
const endingKept = 0.9;
/** A shorter ending stands for a longer one where so many times as many names have it. */
const endingLost = 2;

const nameShare = 0.5;

/** What things of these names are, where most of them say so: "Branford Line" is a line, "Port of Gilton" a port. */
export function nounsOfNames(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) {
    const words = wordsOf(name).split(' ');
    const heads = new Set([
      words.at(-1) ?? '',
      words[words.indexOf('of') - 1] ?? '',
      words.length > 1 ? (words[0] ?? '') : '',
      hanHeads.exec(name)?.[1] ?? '',
    ]);
    for (const head of heads) counts.set(head, (counts.get(head) ?? 0) + 1);
  }
  return [...counts]
    .filter(([head, count]) => count >= names.length * nameShare && isWord(head))
    .sort(([, a], [, b]) => b - a)
    .map(([head]) => foldLabel(head));
}

/** Words that most of the texts share, in the order in which the first text to have all of them does. */
function commonWords(texts: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const word of new Set(text.split(' '))) counts.set(word, (counts.get(word) ?? 0) + 1);
  const common = [...counts]
    .filter(([word, count]) => count >= texts.length * commonShare && isWord(word) && !fillerWords.has(word))
    .map(([word]) => word);
  const ordered = texts.find((text) => common.every((word) => text.split(' ').includes(word))) ?? '';
  return common.length === 0 ? [] : [...new Set(ordered.split(' '))].filter((word) => common.includes(word));
}

const stemOf = (path: string): string => (path.split('/').at(-1) ?? '').replace(/\.\w{1,8}$/, '');

/** A name's words in lower case, "AnnualReports_2021" as "annual reports 2021". */
function wordsOf(name: string): string {
  return name
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Whether a name has a word that says what is in it; `2022` and `docs` do not. */
function isTelling(name: string): boolean {
  return name.split(' ').some((word) => word.length > 2 && isWord(word));
}

function isWord(word: string): boolean {
  return /^\p{L}{2,}$/u.test(word) && !storageWords.has(word);
}

/** The plural of an English word; others stay as they are. */
export function plural(name: string): string {
  const folded = foldLabel(name).split(' ').at(-1) ?? '';
  const last = name.split(' ').at(-1) ?? '';
  if (folded !== last || /s$|[^a-z]$/.test(last)) return name;
  if (/[^aeiou]y$/.test(last)) return `${name.slice(0, -1)}ies`;
  return /(?:ch|sh|x|z)$/.test(last) ? `${name}es` : `${name}s`;
}
