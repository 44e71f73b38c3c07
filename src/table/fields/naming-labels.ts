import { foldLabel } from '../values/labels.ts';

/** Words at the end of a label; Chinese sets nothing between them and what stands before. */
const named = String.raw`(?:^| )(?:name|designation)$|名称$|(?<!排|报|提|署|签|别|俗|学|用|曾|域|命|更|实|匿|著)名$`;
const titled = String.raw`(?:^| )(?:title|citation|style of cause)$|标题$`;
const identified = String.raw`(?:^| )(?:id|identifier|number|no|nr|code)$|(?:编号|代码|号码|单号|案号|文号|证号)$`;
const otherwise = String.raw`(?:^| )(?:key|symbol|reference)$`;
/** What a form is about, where nothing in it is labelled a name. */
const subject =
  /(?:^| )(?:model|product|article|species|vessel|ship|site|station|property|address)$|(?:型号|车型|品种)$/u;
const ownName = new RegExp(named, 'u');
const properName = new RegExp(`${named}|${titled}`, 'u');
const identifier = new RegExp(identified, 'u');
const naming = new RegExp(`${named}|${titled}|${identified}|${otherwise}`, 'u');

const lastWords = (label: string): string => foldLabel(label.split(' > ').at(-1) ?? '');

/** Whether a label says that its values are what things are called: "Device name", "设备名称". */
export const isOwnNameLabel = (label: string): boolean => ownName.test(lastWords(label));

/** Whether it is a name or title, which says more than an identifier. */
export const isProperNameLabel = (label: string): boolean => properName.test(lastWords(label));

/** Whether it says that its values identify: "Report no.", "报告编号". */
export const isIdentifierLabel = (label: string): boolean => identifier.test(lastWords(label));

/** Whether its values may name rows: names, titles, identifiers. */
export const isNamingLabel = (label: string): boolean => naming.test(lastWords(label));

/** Whether its values may be what each of several forms is about: "Model", "Site address". */
export const isSubjectLabel = (label: string): boolean => subject.test(lastWords(label));
