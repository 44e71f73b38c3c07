import { numberOf } from './docx-styles.ts';
import { readXml } from './xml-reader.ts';

interface NumberingLevel {
  format: string;
  start: number;
}

/** The lists of a DOCX document. It counts as it is asked, so it is asked once for each item, in order. */
export class DocxNumbering {
  /** The levels of each abstract numbering. */
  readonly #levels: ReadonlyMap<string, ReadonlyMap<number, NumberingLevel>>;
  /** The abstract numbering of each numbering. */
  readonly #abstractIds: ReadonlyMap<string, string>;
  /** The numbers reached, by abstract numbering and level. */
  readonly #counters = new Map<string, number[]>();

  private constructor(
    levels: ReadonlyMap<string, ReadonlyMap<number, NumberingLevel>>,
    abstractIds: ReadonlyMap<string, string>,
  ) {
    this.#levels = levels;
    this.#abstractIds = abstractIds;
  }

  static async read(xml: AsyncIterable<Uint8Array>): Promise<DocxNumbering> {
    const levels = new Map<string, Map<number, NumberingLevel>>();
    const abstractIds = new Map<string, string>();
    let abstract: Map<number, NumberingLevel> | null = null;
    let level: NumberingLevel | null = null;
    let numberingId: string | null = null;
    await readXml(xml, {
      start: (name, attributes) => {
        switch (name) {
          case 'abstractnum':
            abstract = new Map();
            levels.set(attributes.get('abstractnumid') ?? '', abstract);
            break;
          case 'lvl':
            level = { format: 'decimal', start: 1 };
            abstract?.set(Number(attributes.get('ilvl') ?? '0'), level);
            break;
          case 'numfmt':
            if (level !== null) level.format = attributes.get('val') ?? level.format;
            break;
          case 'start':
            if (level !== null) level.start = numberOf(attributes) ?? 1;
            break;
          case 'num':
            numberingId = attributes.get('numid');
            abstract = null;
            level = null;
            break;
          case 'abstractnumid':
            if (numberingId !== null) abstractIds.set(numberingId, attributes.get('val') ?? '');
            break;
          default:
        }
      },
      end: (name) => {
        if (name === 'lvl') level = null;
      },
      text: () => {},
    });
    return new DocxNumbering(levels, abstractIds);
  }

  /** `-` for a bullet, `3.` for the third item of a numbered list, null where the paragraph is no item. */
  nextMarker(numberingId: string, level: number): string | null {
    if (numberingId === '0') return null;
    const abstractId = this.#abstractIds.get(numberingId) ?? '';
    const definition = this.#levels.get(abstractId)?.get(level);
    if (definition === undefined || definition.format === 'bullet') return '-';
    if (definition.format === 'none') return null;
    const counters = this.#counters.get(abstractId) ?? [];
    this.#counters.set(abstractId, counters);
    // An item begins the numbers of all levels below it anew.
    counters.length = Math.min(counters.length, level + 1);
    const number = (counters[level] ?? definition.start - 1) + 1;
    counters[level] = number;
    return `${number}.`;
  }
}
