export { kindNouns } from '../../table/kind-nouns.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** What a row of any table may be called. */
export const genericNouns: ReadonlySet<string> = words(`
  entry item record document file row entity case instance object element report profile everyone everybody anyone anybody
`);

/** What documents are called for their form: what a table of them is about may have another name. */
export const documentNouns: ReadonlySet<string> = words(`
  account brief budget bulletin card certificate decision docket e-mail email fact filing form inspection judgment letter
  log mail memo message note notice opinion page paper post posting protocol publication record return review sheet
  statement summary survey text thread workbook worksheet
`);

const families: readonly ReadonlySet<string>[] = [
  words('company corporation firm business enterprise issuer'),
  words('university college institute institution school polytechnic'),
  words('home house property listing apartment flat residence condo'),
  words('trial study experiment'),
  words('person individual people'),
  words('hospital clinic'),
  words('movie film'),
  words('site location place'),
  words('ticket case issue request incident'),
  words('case claim judgment decision ruling lawsuit suit proceeding action matter dispute'),
  words('municipality town city commune community village'),
  words('vendor supplier'),
  words('worker employee'),
];

/** Whether two nouns may stand for the same kind of things: a table of companies is one of firms. */
export const meanSameKind = (noun: string, other: string): boolean =>
  families.some((family) => family.has(noun) && family.has(other));
