import { remembered } from './remembered.ts';
import { readPeriod } from '../values/periods.ts';
import { scaleInName, scaleOfCounted } from './named-scale.ts';
import { readBracketedUnit, readUnitQualifier } from './unit-qualifier.ts';

/** A label apart from what it says about its values: their period, scale and unit. */
export interface QualifiedLabel {
  /** The attribute itself; empty where the label is nothing but a period or a unit. */
  readonly label: string;
  readonly period: string | null;
  /** 1 where none is stated. */
  readonly scale: number;
  readonly unit: string | null;
  readonly exceptPerShare: boolean;
}

/** "Table 3.", "Figure 2:", before a title. */
const tableNumber =
  /^(?:table|figure|exhibit|chart|tabelle|tableau|tabla|表)\s?[\dA-Z]{1,3}(?:[.-]\d{1,3})?\s?[.:：]\s+(?=\S)/iu;
const enumerator =
  /^(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)|\d{1,3}(?:\.\d{1,2}){0,3}\.|[A-Z](?:\d{1,2}[a-z]?)?[.)]|(?:\d{1,2}|[A-Z]|[IVX]{2,5})(?:\.\d{1,2}){1,3}(?:[.)]|(?=\s)))\s+(?=\S)|^(?:[（(]?[一二三四五六七八九十]{1,3}[)）、]|\d{1,2}、)\s*(?=\p{Script=Han})|^【\s*(?=[^【】]{1,30}$)/u;
const footnoteMarks = /(?:\s*(?:[*†‡§#¹²³⁴⁵⁶⁷⁸⁹⁰]|\[\d{1,2}\]|\[[a-z]\]|\{\d{1,2}\}))+$/u;
/** `km²` is a unit, not a footnote. */
const squareUnit = /(?:^|[^\p{L}])(?:[kcdm]?m|ft|in|mi|yd|E|s|R)[²³]$/u;
const trailingBrackets = /^(.*?)\s*[([（]([^()[\]（）]{1,80})[)\]）]$/su;
const mayHoldPeriod = /\d{2}|['’]\d/u;
const connecting =
  /[\s,;:–—-]*(?:\s(?:in|for|at|of|as of|as at|on|during|per|the|by|since|year|fy|fiscal year))?[\s,;:–—-]*$/iu;
/** "Responders, n (%)": a count, with its share in brackets. */
const countWithShare = /(?:^|[\s,])(?:n|no\.?|number|count)$/iu;
const longestTail = 6;

/** A label without the numbering or bracket before it: `II.4) Estimated value`, `3. Revenue`, `（一）概况`, `【概况`. */
export const withoutEnumerator = (text: string): string => text.replace(enumerator, '');

/** Takes the numbering before a label, and the footnote marks and the colon after it, away. */
export function bareLabel(text: string): string {
  let label = withoutEnumerator(text).replace(tableNumber, '');
  label = label.replace(/[\s:：]+$/u, '');
  if (!squareUnit.test(label)) {
    const bare = label.replace(footnoteMarks, '');
    if (bare !== '') label = bare;
  }
  return label.replace(/[\s:：]+$/u, '').replaceAll(/\s+/gu, ' ');
}

/**
 * Takes period, scale and unit off a label: "Revenue (in millions of USD)", "Exports 2020", "FY2023 net
 * income", "Population, 31 December 2021". A unit that stands without a scale, such as "(m)", stays in the
 * label, since labels may differ in nothing else.
 */
export const qualifyLabel = remembered(qualify);

function qualify(text: string): QualifiedLabel {
  const named = scaleInName(text);
  if (named !== null) return { ...named, period: null, exceptPerShare: false };
  let label = withUnitInBrackets(bareLabel(text));
  let period: string | null = null;
  let scale = 1;
  let unit: string | null = null;
  let exceptPerShare = false;
  for (let round = 0; round < 3; round += 1) {
    const brackets = trailingBrackets.exec(label);
    const inner = brackets?.[2];
    const outer = brackets?.[1];
    if (inner === undefined || outer === undefined) break;
    const found = readQualifier(inner, outer);
    if (found === null || (found.unit === '%' && countWithShare.test(outer))) break;
    period ??= found.period;
    unit ??= found.unit;
    exceptPerShare ||= found.exceptPerShare;
    const states = found.scale !== 1 || found.period !== null;
    if (found.scale !== 1 && scale === 1) scale = found.scale;
    if (!states && !(outer === '' && found.unit !== null)) break;
    label = bareLabel(outer);
  }
  const tail = scale === 1 ? splitUnitTail(label) : null;
  if (tail !== null) {
    label = bareLabel(tail.label);
    scale = tail.scale;
    unit ??= tail.unit;
    exceptPerShare ||= tail.exceptPerShare;
  }
  if (mayHoldPeriod.test(label)) {
    const split = splitPeriod(label) ?? splitPeriodBeforeBrackets(label);
    if (split !== null) {
      label = split.label;
      period ??= split.period;
    }
  }
  return { label, period, scale, unit, exceptPerShare };
}

const hanStrokeUnit = /^(\p{Script=Han}[^/]+)\/([^/]{1,6})$/u;

/** Chinese headers part the unit by a stroke, "里程/公里"; in "均价元/平方米" the stroke is the unit's own. */
function withUnitInBrackets(label: string): string {
  const [, attribute, unit] = hanStrokeUnit.exec(label) ?? [];
  if (attribute === undefined || unit === undefined || readUnitQualifier(unit) === null) return label;
  const isOfUnit = [1, 2, attribute.length].some(
    (length) => readUnitQualifier(attribute.slice(-length)) !== null,
  );
  return isOfUnit ? label : `${attribute}（${unit}）`;
}

/** What stands in brackets after a label: a period, a scale, a unit, or several of them. */
function readQualifier(text: string, name: string): Omit<QualifiedLabel, 'label'> | null {
  const period = mayHoldPeriod.test(text) ? readPeriod(text) : null;
  if (period !== null) return { period, scale: 1, unit: null, exceptPerShare: false };
  const exponent = scaleOfCounted(text, name);
  if (exponent !== null) return { period: null, scale: 10 ** exponent, unit: null, exceptPerShare: false };
  const caption = readBracketedUnit(text);
  if (caption !== null) return { period: null, ...caption };
  const comma = text.search(/[,;，]/u);
  if (comma < 0) return null;
  const first = readQualifier(text.slice(0, comma).trim(), name);
  const second = readQualifier(text.slice(comma + 1).trim(), name);
  if (first === null || second === null) return null;
  return {
    period: first.period ?? second.period,
    scale: first.scale === 1 ? second.scale : first.scale,
    unit: first.unit ?? second.unit,
    exceptPerShare: first.exceptPerShare || second.exceptPerShare,
  };
}

const unitTail =
  /^(.{2,}?)(?:,\s+|\s+[-–—]\s+|\s+(?=in\s|US\$|USD|EUR|€|\$|£|¥|RMB|GBP|CHF|JPY))(.{1,60})$/iu;
const scaleWord =
  /thousand|million|billion|trillion|['’,]?000|\b(?:mn|mln|mio|bn|crore|lakh|[€$£¥]\s?[mkbMKB])\b|[万億亿]/iu;

/** "Revenue, in millions", "Net sales – € million", "Total assets US$ million". */
function splitUnitTail(text: string): QualifiedLabel | null {
  if (!scaleWord.test(text)) return null;
  const match = unitTail.exec(text);
  const label = match?.[1];
  const tail = match?.[2];
  if (label === undefined || tail === undefined) return null;
  const caption = readUnitQualifier(tail);
  return caption === null || caption.scale === 1 ? null : { label, period: null, ...caption };
}

/** "2022年营业收入", "2021年上半年净利润", "2020年末员工人数" */
const hanLeadingPeriod =
  /^((?:19|20)\d{2}\s?年(?:第?[一二三四1-4]季度|[上下]半年)?)[度末底]?的?(?!\d|报$|报告|年)(\p{Script=Han}.+)$/u;

/** A period at the end or the beginning of a label. */
function splitPeriod(text: string): { readonly label: string; readonly period: string } | null {
  const whole = readPeriod(text);
  if (whole !== null) return { label: '', period: whole };
  const han = hanLeadingPeriod.exec(text);
  const hanPeriod = han?.[1] === undefined ? null : readPeriod(han[1]);
  if (han?.[2] !== undefined && hanPeriod !== null) return { label: han[2], period: hanPeriod };
  const words = text.split(' ');
  return splitTrailingPeriod(words) ?? splitLeadingPeriod(words);
}

/** "Emissions by source, 2022 (kt)": the brackets stay with the label. */
function splitPeriodBeforeBrackets(text: string): { readonly label: string; readonly period: string } | null {
  const brackets = trailingBrackets.exec(text);
  if (brackets?.[1] === undefined) return null;
  const split = splitTrailingPeriod(brackets[1].split(' '));
  return split === null
    ? null
    : { ...split, label: `${split.label} ${text.slice(brackets[1].length).trim()}` };
}

/** "Members since 1999" is not about 1999. */
const boundary = /\b(?:since|until|till|from|before|after|through|to|by|and|or|no\.?|route|agenda|vision)$/iu;
const plausiblePeriod = /(?:^|\D)(?:19|20)\d{2}(?:\D|$)|^(?:fy|cy)\s?['’]?\d{2}$|^[qh][1-4]\s?['’]?\d{2}$/iu;

function splitTrailingPeriod(words: readonly string[]): { label: string; period: string } | null {
  const last = words.at(-1) ?? '';
  if (!/\d/u.test(last) && !/(?:est\.?|年|年度|年末)\)?$/iu.test(last)) return null;
  let best: { label: string; period: string } | null = null;
  for (let count = 1; count <= longestTail && count < words.length; count += 1) {
    const tail = words.slice(-count).join(' ');
    if (!plausiblePeriod.test(tail)) continue;
    const period = readPeriod(tail);
    if (period === null) continue;
    const head = words.slice(0, -count).join(' ');
    const label = head.replace(connecting, '');
    if (boundary.test(head)) return best;
    if (/\p{L}/u.test(label)) best = { label, period };
  }
  return best;
}

function splitLeadingPeriod(words: readonly string[]): { label: string; period: string } | null {
  if (!/^(?:\d{4}|fy|cy|q[1-4]|h[12]|[1-4]q|['’]\d{2})/iu.test(words[0] ?? '')) return null;
  for (let count = Math.min(3, words.length - 1); count > 0; count -= 1) {
    const head = words.slice(0, count).join(' ').replace(/[,:]$/u, '');
    if (!plausiblePeriod.test(head)) continue;
    const period = readPeriod(head);
    const label = words
      .slice(count)
      .join(' ')
      .replace(/^[-–—,:]\s*/u, '');
    if (period !== null && /^\p{L}/u.test(label)) return { label, period };
  }
  return null;
}
