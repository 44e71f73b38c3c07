import { readXml } from './xml-reader.ts';
import type { XmlAttributes } from './xml-reader.ts';

/** What a style says about the text that has it, its ancestors' word included. */
export interface DocxStyle {
  /** 1 to 9 for headings. */
  readonly headingLevel: number | null;
  readonly role: 'title' | 'contents' | 'tableHeading' | null;
  readonly bold: boolean | null;
  /** In half points. */
  readonly size: number | null;
  readonly numberingId: string | null;
  readonly numberingLevel: number | null;
}

interface StyleDefinition {
  name: string;
  basedOn: string | null;
  outlineLevel: number | null;
  bold: boolean | null;
  size: number | null;
  numberingId: string | null;
  numberingLevel: number | null;
}

const noStyle: DocxStyle = {
  headingLevel: null,
  role: null,
  bold: null,
  size: null,
  numberingId: null,
  numberingLevel: null,
};

const deepestInheritance = 20;
const usualSize = 22;

/** The styles of a DOCX document by their ids. */
export class DocxStyles {
  readonly #definitions: ReadonlyMap<string, StyleDefinition>;
  readonly #resolved = new Map<string, DocxStyle>();
  /** The size of text that nothing else is said about, in half points. */
  readonly defaultSize: number;

  private constructor(definitions: ReadonlyMap<string, StyleDefinition>, defaultSize: number) {
    this.#definitions = definitions;
    this.defaultSize = defaultSize;
  }

  static async read(xml: AsyncIterable<Uint8Array>): Promise<DocxStyles> {
    const definitions = new Map<string, StyleDefinition>();
    let current: StyleDefinition | null = null;
    let defaultSize = usualSize;
    await readXml(xml, {
      start: (name, attributes) => {
        if (name === 'style') {
          current = newDefinition();
          definitions.set(attributes.get('styleid') ?? '', current);
        } else if (current !== null) {
          readProperty(current, name, attributes);
        } else if (name === 'sz') {
          defaultSize = numberOf(attributes) ?? defaultSize;
        }
      },
      end: (name) => {
        if (name === 'style') current = null;
      },
      text: () => {},
    });
    return new DocxStyles(definitions, defaultSize);
  }

  get(id: string | null): DocxStyle {
    if (id === null) return noStyle;
    const known = this.#resolved.get(id);
    if (known !== undefined) return known;
    const style = this.#resolve(id);
    this.#resolved.set(id, style);
    return style;
  }

  /** The nearest ancestor that says something about a property decides it. */
  #resolve(id: string): DocxStyle {
    let style = noStyle;
    let next: string | null = id;
    for (let depth = 0; next !== null && depth < deepestInheritance; depth += 1) {
      const definition = this.#definitions.get(next);
      // Without a definition, the id is the style's English name without spaces.
      const name = (definition?.name ?? next).toLowerCase();
      style = {
        headingLevel: style.headingLevel ?? headingLevel(name, definition?.outlineLevel ?? null),
        role: style.role ?? roleOf(name),
        bold: style.bold ?? definition?.bold ?? null,
        size: style.size ?? definition?.size ?? null,
        numberingId: style.numberingId ?? definition?.numberingId ?? null,
        numberingLevel: style.numberingLevel ?? definition?.numberingLevel ?? null,
      };
      next = definition?.basedOn ?? null;
    }
    return style.headingLevel === 0 ? { ...style, headingLevel: null } : style;
  }
}

function newDefinition(): StyleDefinition {
  return {
    name: '',
    basedOn: null,
    outlineLevel: null,
    bold: null,
    size: null,
    numberingId: null,
    numberingLevel: null,
  };
}

function readProperty(style: StyleDefinition, name: string, attributes: XmlAttributes): void {
  switch (name) {
    case 'name':
      style.name = attributes.get('val') ?? '';
      break;
    case 'basedon':
      style.basedOn = attributes.get('val');
      break;
    case 'outlinelvl':
      style.outlineLevel = numberOf(attributes);
      break;
    case 'b':
      style.bold = isOn(attributes);
      break;
    case 'sz':
      style.size = numberOf(attributes);
      break;
    case 'numid':
      style.numberingId = attributes.get('val');
      break;
    case 'ilvl':
      style.numberingLevel = numberOf(attributes);
      break;
    default:
  }
}

/** 0 where the style says that it is no heading (the outline level of body text). */
function headingLevel(name: string, outlineLevel: number | null): number | null {
  if (outlineLevel !== null) return outlineLevel >= 0 && outlineLevel < 9 ? outlineLevel + 1 : 0;
  const level = /^heading ?([1-9])$/u.exec(name)?.[1];
  return level === undefined ? null : Number(level);
}

function roleOf(name: string): DocxStyle['role'] {
  if (name === 'title') return 'title';
  if (/^(?:toc|contents) ?(?:\d|heading)$/u.test(name)) return 'contents';
  return /^table ?head(?:ing|er)$/u.test(name) ? 'tableHeading' : null;
}

/** Whether a property that is either on or off is on: `<w:b/>` is, `<w:b w:val="0"/>` is not. */
export function isOn(attributes: XmlAttributes): boolean {
  const value = attributes.get('val');
  return value === null || !/^(?:0|false|off|none)$/u.test(value);
}

/** The number in an element's `w:val`, or null. */
export function numberOf(attributes: XmlAttributes): number | null {
  const number = Number(attributes.get('val') ?? 'NaN');
  return Number.isFinite(number) ? number : null;
}
