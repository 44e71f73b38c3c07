import { transformX, transformY } from './pdf-geometry.ts';
import type { Chunk, Matrix } from './pdf-geometry.ts';

/** Distances in parts of the type size. */
const kerning = 0.15;
const widestSpace = 1.2;
const mostChunks = 200_000;

interface OpenChunk {
  text: string;
  left: number;
  right: number;
  firstWordRight: number | null;
  readonly y: number;
  readonly size: number;
  readonly bold: boolean;
  readonly direction: Direction;
}

/** Quarter turns clockwise from reading direction; null for text at a slant. */
type Direction = 0 | 1 | 2 | 3 | null;

/** How text is set at the moment. */
export interface TextLook {
  /** In the text's own units. */
  readonly fontSize: number;
  readonly bold: boolean;
}

/** Joins glyphs to chunks of text as they are drawn. */
export class ChunkCollector {
  readonly #byDirection = new Map<Direction, Chunk[]>();
  readonly #seen = new Map<string, number>();
  #open: OpenChunk | null = null;
  #spaces = 0;
  #jumped = false;
  #count = 0;

  /** The text position was set anew: what follows need not belong to what was drawn before. */
  jump(): void {
    this.#jumped = true;
  }

  /**
   * Adds a glyph. `x` and `width` are in the text's own units along its base line.
   *
   * @param matrix from the text's own units to the page.
   */
  addGlyph(
    glyph: { readonly text: string; readonly x: number; readonly y: number; readonly width: number },
    matrix: Matrix,
    look: TextLook,
  ): void {
    const text = glyphText(glyph.text);
    if (text === ' ') {
      this.#spaces += 1;
      return;
    }
    if (text === '') return;
    const direction = directionOf(matrix);
    const scale = Math.hypot(matrix[0], matrix[1]);
    const size = look.fontSize * Math.hypot(matrix[2], matrix[3]);
    const pageX = transformX(matrix, glyph.x, glyph.y);
    const pageY = transformY(matrix, glyph.x, glyph.y);
    const { along, across } = turned(direction, pageX, pageY);
    const width = Math.abs(glyph.width) * scale;
    if (!this.#goesOn({ along, across, size, direction, bold: look.bold })) {
      this.close();
      const place = { left: along, right: along, firstWordRight: null, y: across };
      this.#open = { text: '', ...place, size, bold: look.bold, direction };
    }
    const open = this.#open;
    if (open === null) return;
    const gap = along - open.right;
    if (open.text !== '' && (this.#spaces > 0 || gap > size * kerning)) {
      // A dash at the start of a line is never left alone at the end of the one before.
      if (!/^[-–—]$/u.test(open.text)) open.firstWordRight ??= open.right;
      open.text += ' ';
    }
    open.text += text;
    open.right = Math.max(open.right, along + width);
    this.#spaces = 0;
    this.#jumped = false;
  }

  #goesOn(next: {
    along: number;
    across: number;
    size: number;
    direction: Direction;
    bold: boolean;
  }): boolean {
    const open = this.#open;
    if (open === null || open.direction !== next.direction || open.bold !== next.bold) return false;
    const { size } = open;
    if (Math.abs(size - next.size) > 0.5 || Math.abs(open.y - next.across) > size * 0.05) return false;
    const gap = next.along - open.right;
    if (gap < -size * 0.4 || gap > size * widestSpace) return false;
    // Several spaces in a row lay out columns.
    if (this.#spaces > 1 && gap > size * 0.6) return false;
    return !(this.#jumped && gap > size * kerning);
  }

  close(): void {
    const open = this.#open;
    this.#open = null;
    this.#spaces = 0;
    if (open === null || this.#count >= mostChunks) return;
    this.#count += 1;
    const chunks = this.#byDirection.get(open.direction) ?? [];
    this.#byDirection.set(open.direction, chunks);
    const { text, left, right, y, size } = open;
    // Bold type and shadows are sometimes made by setting the same text twice, a hair apart.
    const key = `${text}|${Math.round(left / 3)}|${Math.round(y / 3)}`;
    const twin = this.#seen.get(key);
    const before = twin === undefined ? undefined : chunks[twin];
    if (twin !== undefined && before !== undefined && before.text === text) {
      chunks[twin] = { ...before, bold: true };
      return;
    }
    this.#seen.set(key, chunks.length);
    const firstWordRight = open.firstWordRight ?? right;
    chunks.push({ text, left, right, firstWordRight, y, size, bold: open.bold });
  }

  /** The chunks in the page's main direction, and the quarter turns to it. */
  finish(): { readonly chunks: readonly Chunk[]; readonly turns: 0 | 1 | 2 | 3 } {
    this.close();
    let best: { chunks: readonly Chunk[]; turns: 0 | 1 | 2 | 3 } = { chunks: [], turns: 0 };
    let most = 0;
    for (const [direction, chunks] of this.#byDirection) {
      const characters = chunks.reduce((sum, chunk) => sum + chunk.text.length, 0);
      if (direction === null || characters <= most) continue;
      most = characters;
      best = { chunks, turns: direction };
    }
    return best;
  }
}

function directionOf(matrix: Matrix): Direction {
  const angle = Math.atan2(matrix[1], matrix[0]);
  const turns = Math.round(angle / (Math.PI / 2));
  if (Math.abs(angle - (turns * Math.PI) / 2) > 0.05) return null;
  switch ((turns + 4) % 4) {
    case 0:
      return 0;
    case 1:
      return 1;
    case 2:
      return 2;
    default:
      return 3;
  }
}

/** Coordinates along and across the base line of text that is turned. */
export function turned(direction: Direction, x: number, y: number): { along: number; across: number } {
  switch (direction) {
    case 1:
      return { along: y, across: -x };
    case 2:
      return { along: -x, across: -y };
    case 3:
      return { along: -y, across: x };
    default:
      return { along: x, across: y };
  }
}

const ligatures = /[\uFB00-\uFB06]/gu;
const bulletsOfSymbolFonts = /^[\uF0A7\uF0B7\uF076\uF0D8\uF0A8\uF06E\uF075]$/u;

const glyphTexts = new Map<string, string>();
const mostGlyphTexts = 10_000;

/** What a glyph stands for; nothing for control characters, one space for any space. */
function glyphText(unicode: string): string {
  const known = glyphTexts.get(unicode);
  if (known !== undefined) return known;
  const text = readGlyph(unicode);
  if (glyphTexts.size < mostGlyphTexts) glyphTexts.set(unicode, text);
  return text;
}

function readGlyph(unicode: string): string {
  if (bulletsOfSymbolFonts.test(unicode)) return '•';
  const text = unicode.replaceAll(ligatures, (ligature) => ligature.normalize('NFKC'));
  if (/^[\s\u00a0\u3000]+$/u.test(text)) return ' ';
  return text.replaceAll(/[\p{Cc}\u200b\ufeff]/gu, '');
}
