import { getResolvedPDFJS } from 'unpdf';
import type { PDFPageProxy } from 'unpdf/pdfjs';
import { ChunkCollector, turned } from './pdf-chunks.ts';
import { identity, multiply, toMatrix, toNumbers } from './pdf-geometry.ts';
import type { Matrix, PageContent, Ruling } from './pdf-geometry.ts';
import { RulingCollector } from './pdf-rulings.ts';

interface TextState {
  readonly fontSize: number;
  readonly bold: boolean;
  readonly glyphScale: number;
  readonly characterSpacing: number;
  readonly wordSpacing: number;
  readonly horizontalScale: number;
  readonly leading: number;
  readonly rise: number;
}

const initialTextState: TextState = {
  fontSize: 0,
  bold: false,
  glyphScale: 0.001,
  characterSpacing: 0,
  wordSpacing: 0,
  horizontalScale: 1,
  leading: 0,
  rise: 0,
};

const boldName = /bold|black|heavy|demi|cmbx|sfbx|-medi\b/iu;
const deepestStates = 1000;

/**
 * Reads what a page shows out of the operators that draw it. Unlike the text that PDF readers extract, these tell
 * where each word was set, in which type, and which lines are drawn around it.
 */
export async function readPage(page: PDFPageProxy): Promise<PageContent> {
  const { OPS } = await getResolvedPDFJS();
  const { fnArray, argsArray } = await page.getOperatorList();
  const viewport = page.getViewport({ scale: 1 });
  const interpreter = new PageInterpreter(page, toMatrix(viewport.transform) ?? identity, OPS);
  for (const [index, operator] of fnArray.entries()) {
    const args: unknown = argsArray[index];
    interpreter.run(operator, Array.isArray(args) ? args : []);
  }
  return interpreter.finish({ width: viewport.width, height: viewport.height });
}

type Operators = Awaited<ReturnType<typeof getResolvedPDFJS>>['OPS'];

class PageInterpreter {
  readonly #page: PDFPageProxy;
  readonly #base: Matrix;
  readonly #operators: Operators;
  readonly #chunks = new ChunkCollector();
  readonly #rulings = new RulingCollector();
  readonly #stack: { readonly matrix: Matrix; readonly text: TextState }[] = [];
  /** Whether each open piece of marked content is an artifact: a running header, a page number. */
  readonly #marked: boolean[] = [];
  #artifacts = 0;
  #matrix: Matrix;
  #text: TextState = initialTextState;
  #textMatrix: Matrix = identity;
  #x = 0;
  #y = 0;
  #lineX = 0;
  #lineY = 0;

  constructor(page: PDFPageProxy, base: Matrix, operators: Operators) {
    this.#page = page;
    this.#base = base;
    this.#matrix = base;
    this.#operators = operators;
  }

  run(operator: number, args: readonly unknown[]): void {
    const OPS = this.#operators;
    switch (operator) {
      case OPS.showText:
        this.#showText(args[0]);
        break;
      case OPS.setFont:
        this.#setFont(args);
        break;
      case OPS.moveText:
        this.#move(numberAt(args, 0), numberAt(args, 1));
        break;
      case OPS.setLeadingMoveText:
        this.#set({ leading: numberAt(args, 1) });
        this.#move(numberAt(args, 0), numberAt(args, 1));
        break;
      case OPS.nextLine:
        this.#move(0, this.#text.leading);
        break;
      case OPS.setTextMatrix:
        this.#setTextMatrix(toMatrix(args[0]) ?? identity);
        break;
      case OPS.beginText:
        this.#setTextMatrix(identity);
        break;
      case OPS.setCharSpacing:
        this.#set({ characterSpacing: numberAt(args, 0) });
        break;
      case OPS.setWordSpacing:
        this.#set({ wordSpacing: numberAt(args, 0) });
        break;
      case OPS.setHScale:
        this.#set({ horizontalScale: numberAt(args, 0) / 100 });
        break;
      case OPS.setLeading:
        this.#set({ leading: -numberAt(args, 0) });
        break;
      case OPS.setTextRise:
        this.#set({ rise: numberAt(args, 0) });
        break;
      case OPS.constructPath:
        this.#path(args);
        break;
      default:
        this.#structure(operator, args);
    }
  }

  finish(size: { readonly width: number; readonly height: number }): PageContent {
    const { chunks, turns } = this.#chunks.finish();
    const { horizontal, vertical } = this.#rulings;
    const sideways = turns % 2 === 1;
    const shift = { x: turns === 2 || turns === 3 ? 1 : 0, y: turns === 1 || turns === 2 ? 1 : 0 };
    const width = sideways ? size.height : size.width;
    const height = sideways ? size.width : size.height;
    const dx = shift.x * width;
    const dy = shift.y * height;
    const across = (ruling: Ruling, isHorizontal: boolean): Ruling =>
      turnRuling(ruling, isHorizontal, { turns, dx, dy });
    const turnedHorizontal = horizontal.map((ruling) => across(ruling, true));
    const turnedVertical = vertical.map((ruling) => across(ruling, false));
    return {
      number: this.#page.pageNumber,
      width,
      height,
      chunks: chunks.map((chunk) => ({
        ...chunk,
        left: chunk.left + dx,
        right: chunk.right + dx,
        firstWordRight: chunk.firstWordRight + dx,
        y: chunk.y + dy,
      })),
      horizontal: sideways ? turnedVertical : turnedHorizontal,
      vertical: sideways ? turnedHorizontal : turnedVertical,
    };
  }

  #structure(operator: number, args: readonly unknown[]): void {
    const OPS = this.#operators;
    switch (operator) {
      case OPS.save:
        this.#save();
        break;
      case OPS.restore:
      case OPS.paintFormXObjectEnd:
      case OPS.endAnnotation:
        this.#restore();
        break;
      case OPS.transform:
        this.#matrix = multiply(this.#matrix, toMatrix(args) ?? identity);
        break;
      case OPS.paintFormXObjectBegin:
        this.#save();
        this.#matrix = multiply(this.#matrix, toMatrix(args[0]) ?? identity);
        break;
      case OPS.beginAnnotation:
        this.#save();
        this.#text = initialTextState;
        this.#matrix = multiply(this.#base, toMatrix(args[2]) ?? identity);
        this.#matrix = multiply(this.#matrix, toMatrix(args[3]) ?? identity);
        break;
      case OPS.setGState:
        this.#setGraphicsState(args[0]);
        break;
      case OPS.beginMarkedContent:
      case OPS.beginMarkedContentProps:
        this.#marked.push(args[0] === 'Artifact');
        if (args[0] === 'Artifact') this.#artifacts += 1;
        break;
      case OPS.endMarkedContent:
        if (this.#marked.pop() === true) this.#artifacts -= 1;
        break;
      default:
    }
  }

  #save(): void {
    if (this.#stack.length < deepestStates) this.#stack.push({ matrix: this.#matrix, text: this.#text });
  }

  #restore(): void {
    const state = this.#stack.pop();
    if (state === undefined) return;
    this.#matrix = state.matrix;
    this.#text = state.text;
  }

  #set(change: Partial<TextState>): void {
    this.#text = { ...this.#text, ...change };
  }

  #move(x: number, y: number): void {
    this.#lineX += x;
    this.#lineY += y;
    this.#x = this.#lineX;
    this.#y = this.#lineY;
    this.#chunks.jump();
  }

  #setTextMatrix(matrix: Matrix): void {
    this.#textMatrix = matrix;
    this.#x = 0;
    this.#y = 0;
    this.#lineX = 0;
    this.#lineY = 0;
    this.#chunks.jump();
  }

  #setGraphicsState(entries: unknown): void {
    if (!Array.isArray(entries)) return;
    for (const entry of entries) {
      if (Array.isArray(entry) && entry[0] === 'Font' && Array.isArray(entry[1])) this.#setFont(entry[1]);
    }
  }

  #setFont(args: readonly unknown[]): void {
    const [id] = args;
    const font = typeof id === 'string' ? this.#font(id) : null;
    const matrix = toNumbers(font?.fontMatrix);
    this.#set({
      fontSize: numberAt(args, 1),
      bold: boldName.test(font?.name ?? ''),
      glyphScale: matrix[0] ?? 0.001,
    });
  }

  #font(id: string): { readonly name: string; readonly fontMatrix: unknown } | null {
    if (!this.#page.commonObjs.has(id)) return null;
    const font: unknown = this.#page.commonObjs.get(id);
    if (typeof font !== 'object' || font === null) return null;
    const name = 'name' in font && typeof font.name === 'string' ? font.name : '';
    return { name, fontMatrix: 'fontMatrix' in font ? font.fontMatrix : null };
  }

  #path(args: readonly unknown[]): void {
    const OPS = this.#operators;
    const [paint, data] = args;
    const isFill = paint === OPS.fill || paint === OPS.eoFill;
    const isStroke = typeof paint === 'number' && !isFill && paint !== OPS.endPath;
    if (!Array.isArray(data) || (!isFill && !isStroke)) return;
    this.#rulings.addPath(data[0], this.#matrix, isFill ? 'fill' : 'stroke');
  }

  /** Walks along the base line glyph by glyph. Numbers between glyphs move back, in thousandths of the size. */
  #showText(glyphs: unknown): void {
    if (!Array.isArray(glyphs)) return;
    const state = this.#text;
    const matrix = multiply(this.#matrix, this.#textMatrix);
    const size = Math.abs(state.fontSize);
    let x = 0;
    for (const glyph of glyphs) {
      if (typeof glyph === 'number') {
        x -= (glyph * size) / 1000;
        continue;
      }
      if (!isGlyph(glyph)) continue;
      const width = glyph.width * size * state.glyphScale;
      if (this.#artifacts === 0) {
        this.#chunks.addGlyph(
          {
            text: glyph.unicode,
            x: this.#x + x * state.horizontalScale,
            y: this.#y + state.rise,
            width: width * state.horizontalScale,
          },
          matrix,
          { fontSize: size, bold: state.bold },
        );
      }
      x += width + state.characterSpacing + (glyph.isSpace ? state.wordSpacing : 0);
    }
    this.#x += x * state.horizontalScale;
  }
}

interface Glyph {
  readonly unicode: string;
  readonly width: number;
  readonly isSpace: boolean;
}

function isGlyph(value: unknown): value is Glyph {
  return (
    typeof value === 'object' &&
    value !== null &&
    'unicode' in value &&
    typeof value.unicode === 'string' &&
    'width' in value &&
    typeof value.width === 'number'
  );
}

function numberAt(args: readonly unknown[], index: number): number {
  const value = args[index];
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function turnRuling(
  ruling: Ruling,
  isHorizontal: boolean,
  turn: { readonly turns: 0 | 1 | 2 | 3; readonly dx: number; readonly dy: number },
): Ruling {
  const ends = [ruling.from, ruling.to].map((end) =>
    isHorizontal ? turned(turn.turns, end, ruling.at) : turned(turn.turns, ruling.at, end),
  );
  const along = ends.map((end) => end.along + turn.dx);
  const across = ends.map((end) => end.across + turn.dy);
  const staysHorizontal = isHorizontal === (turn.turns % 2 === 0);
  const [line, span] = staysHorizontal ? [across, along] : [along, across];
  return { at: line[0] ?? 0, from: Math.min(...span), to: Math.max(...span) };
}
