import { Token } from 'parse5';

/** What an element is for the text of a page. */
export type ElementRole =
  | 'hidden'
  | 'paragraph'
  | 'block'
  | 'heading'
  | 'list'
  | 'item'
  | 'definitionList'
  | 'term'
  | 'definition'
  | 'table'
  | 'headGroup'
  | 'rowGroup'
  | 'row'
  | 'cell'
  | 'headerCell'
  | 'caption'
  | 'preformatted'
  | 'bold'
  | 'superscript'
  | 'title'
  | 'inline';

const roles: ReadonlyMap<string, ElementRole> = new Map<string, ElementRole>([
  ...each(
    'hidden',
    'script style noscript template iframe noframes noembed object applet svg canvas audio video',
  ),
  ...each('hidden', 'map nav select datalist textarea button dialog'),
  ...each(
    'block',
    'address article aside blockquote body center details div fieldset figcaption figure footer',
  ),
  ...each('block', 'form head header hgroup html legend main optgroup search section summary'),
  ...each('paragraph', 'p'),
  ...each('heading', 'h1 h2 h3 h4 h5 h6'),
  ...each('list', 'ul ol menu dir'),
  ...each('item', 'li'),
  ...each('definitionList', 'dl'),
  ...each('term', 'dt'),
  ...each('definition', 'dd'),
  ...each('table', 'table'),
  ...each('headGroup', 'thead'),
  ...each('rowGroup', 'tbody tfoot'),
  ...each('row', 'tr'),
  ...each('cell', 'td'),
  ...each('headerCell', 'th'),
  ...each('caption', 'caption'),
  ...each('preformatted', 'pre listing xmp plaintext'),
  ...each('bold', 'b strong'),
  ...each('superscript', 'sup'),
  ...each('title', 'title'),
]);

/** ARIA roles that make an element what its tag does not tell. */
const ariaRoles: ReadonlyMap<string, ElementRole> = new Map<string, ElementRole>([
  ...each('table', 'table grid treegrid'),
  ...each('rowGroup', 'rowgroup'),
  ...each('row', 'row'),
  ...each('cell', 'cell gridcell'),
  ...each('headerCell', 'columnheader rowheader'),
  ...each('heading', 'heading'),
  ...each('list', 'list'),
  ...each('item', 'listitem'),
  ...each('hidden', 'navigation menu menubar tablist toolbar search'),
]);

const voidElements = new Set(
  'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr'.split(
    ' ',
  ),
);

function each(role: ElementRole, names: string): [string, ElementRole][] {
  return names.split(' ').map((name) => [name, role]);
}

export const isVoidElement = (name: string): boolean => voidElements.has(name);

/** The role of an element by its tag and its `role`. */
export function elementRole(token: Token.TagToken): ElementRole {
  const own = roles.get(token.tagName) ?? 'inline';
  if (token.attrs.length === 0) return own;
  if (token.tagName === 'dialog' && Token.getTokenAttr(token, 'open') !== null) return 'block';
  const aria = Token.getTokenAttr(token, 'role');
  if (aria === null || (own !== 'block' && own !== 'inline' && own !== 'list' && own !== 'item')) return own;
  return ariaRoles.get(aria.trim().toLowerCase()) ?? own;
}

const invisibleStyle = /(?:^|[;\s])(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)/iu;
const screenOnlyClass = /(?:^|\s)(?:noprint|mw-editsection)(?:\s|$)/u;

/** Whether an element's attributes say that it is not shown. */
export function isHidden(token: Token.TagToken): boolean {
  // A page hidden as a whole waits for its scripts to show it.
  if (token.tagName === 'body' || token.tagName === 'html') return false;
  for (const { name, value } of token.attrs) {
    if (name === 'hidden' && value !== 'until-found') return true;
    if (name === 'aria-hidden' && value === 'true') return true;
    if (name === 'style' && invisibleStyle.test(value)) return true;
    if (name === 'class' && screenOnlyClass.test(value)) return true;
  }
  return false;
}

const labelName =
  /(?:^|[\s_-])(?:label|key|term|(?:field|prop(?:erty)?|attr(?:ibute)?)[_-]?name|dt)(?:\s|$)/iu;
const valueName = /(?:^|[\s_-])(?:value|val|data|content|desc(?:ription)?|dd)(?:\s|$)/iu;

/** Whether a page's author named an element a label or a value, as pages without tables or lists do. */
export function namedRole(token: Token.TagToken): 'label' | 'value' | null {
  const name = token.attrs.length === 0 ? null : Token.getTokenAttr(token, 'class');
  if (name === null) return null;
  if (labelName.test(name)) return 'label';
  return valueName.test(name) ? 'value' : null;
}

/** The level of a heading: of `h3` 3, of an element with `role="heading"` its `aria-level`, else 2. */
export function headingLevel(token: Token.TagToken): number {
  if (/^h[1-6]$/u.test(token.tagName)) return Number(token.tagName.charAt(1));
  const level = Number(Token.getTokenAttr(token, 'aria-level') ?? '2');
  return Number.isInteger(level) ? Math.min(6, Math.max(1, level)) : 2;
}

/** A `colspan` or `rowspan`; `rowspan="0"` reaches to the end of the table. */
export function spanAttribute(token: Token.TagToken, name: 'colspan' | 'rowspan'): number {
  const text = Token.getTokenAttr(token, name);
  if (text === null) return 1;
  const span = Number.parseInt(text, 10);
  if (span === 0 && name === 'rowspan') return 65_534;
  return span > 0 ? Math.min(span, name === 'colspan' ? 1000 : 65_534) : 1;
}

/** Whether an element begins and ends on lines of its own. */
export function isBlockRole(role: ElementRole): boolean {
  return (
    role !== 'inline' && role !== 'bold' && role !== 'superscript' && role !== 'hidden' && role !== 'title'
  );
}

const tableParts: ReadonlySet<ElementRole> = new Set<ElementRole>([
  'headGroup',
  'rowGroup',
  'row',
  'cell',
  'headerCell',
  'caption',
]);

/** Whether an element has its place only within a table. */
export const isTablePart = (role: ElementRole): boolean => tableParts.has(role);
