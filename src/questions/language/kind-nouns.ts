import { kindNouns } from '../../table/kind-nouns.ts';

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
  words('movie film picture'),
  words('car vehicle automobile model'),
  words('storm hurricane cyclone typhoon'),
  words('earthquake quake tremor shock event'),
  words('processor chip cpu cpus microprocessor'),
  words('occupation job profession'),
  words('animal mammal creature'),
  words('strike collision incident'),
  words('launch flight mission'),
  words('dish meal food'),
  words('site location place'),
  words('ticket case issue request incident'),
  words('case claim judgment decision ruling lawsuit suit proceeding action matter dispute'),
  words('municipality town city commune community village'),
  words('vendor supplier'),
  words('device instrument apparatus appliance gadget'),
  words('day night'),
  words('worker employee'),
  words('hotel hostel inn lodging accommodation property establishment place'),
  words('restaurant eatery establishment place venue'),
  words('shop store outlet'),
  words('state jurisdiction'),
  words('plan tariff'),
  words('ship vessel boat'),
  words('show production performance'),
  words('game title'),
  words('book title volume'),
  words('player athlete footballer'),
  words('contract agreement deal'),
  words('fund vehicle'),
  words('museum institution'),
  words('bank lender'),
  words('machine device'),
  words('course module'),
  words('mountain peak summit'),
  words('trail route walk hike'),
  words('customer client'),
  words('app application'),
  words('server host machine'),
];

/** Whether two nouns may stand for the same kind of things: a table of companies is one of firms. */
export const meanSameKind = (noun: string, other: string): boolean =>
  families.some((family) => family.has(noun) && family.has(other));

/** Whether a noun is the common name of the things that another names more narrowly: a town is a municipality. */
export const isCommonNameOf = (noun: string, other: string): boolean =>
  noun !== other && families.some((family) => family.has(other) && [...family][0] === noun);

const shortestHead = 4;
const shortestModifier = 3;

/**
 * Whether a question's noun is a table's without the modifier written before it: a birdstrike is a strike. With one, it
 * says which rows are meant, as "stratovolcano" does, unless it is a name for them all: a quake is an earthquake.
 */
export function isHeadOf(asked: string, noun: string): boolean {
  const [short, long] = asked.length < noun.length ? [asked, noun] : [noun, asked];
  return (
    short.length >= shortestHead &&
    long.length - short.length >= shortestModifier &&
    long.endsWith(short) &&
    !/[\s-]/.test(long) &&
    (long === noun || kindNouns.has(asked))
  );
}

/** Whether the rows are known by nothing but the form of their documents: reports, messages. */
export const isOfDocuments = ({ nouns }: { readonly nouns: readonly string[] }): boolean =>
  nouns.every((noun) => {
    const head = noun.split(' ').at(-1) ?? '';
    return documentNouns.has(head) || genericNouns.has(head);
  });

/** Whether the rows are known as one kind of things: a table of films holds no regions. */
export const isOfKind = ({ nouns }: { readonly nouns: readonly string[] }): boolean =>
  nouns.some((noun) => kindNouns.has(noun) && !documentNouns.has(noun) && !genericNouns.has(noun));
