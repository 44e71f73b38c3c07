import { toNumbers, transformX, transformY } from './pdf-geometry.ts';
import type { Matrix, Ruling } from './pdf-geometry.ts';

/** Filled rectangles thinner than this, in points, are lines. */
const thickestLine = 2.5;
const shortestLine = 4;
/** A page with more lines than this shows a drawing or a map, whose lines rule no table. */
const mostRulings = 8000;

/** Collects the horizontal and vertical lines that a page draws. */
export class RulingCollector {
  readonly #horizontal: Ruling[] = [];
  readonly #vertical: Ruling[] = [];

  get horizontal(): readonly Ruling[] {
    return this.#isDrawing ? [] : this.#horizontal;
  }

  get vertical(): readonly Ruling[] {
    return this.#isDrawing ? [] : this.#vertical;
  }

  get #isDrawing(): boolean {
    return this.#horizontal.length + this.#vertical.length > mostRulings;
  }

  /** Takes a path in the operator list's notation: moves (0), lines (1), curves (2, 3) and closes (4). */
  addPath(data: unknown, matrix: Matrix, paint: 'stroke' | 'fill'): void {
    if (this.#isDrawing) return;
    let points: [number, number][] = [];
    const numbers = toNumbers(data);
    const finish = (): void => {
      if (paint === 'stroke') this.#addStroke(points);
      else this.#addFill(points);
      points = [];
    };
    const add = (index: number): void => {
      const x = numbers[index] ?? 0;
      const y = numbers[index + 1] ?? 0;
      points.push([transformX(matrix, x, y), transformY(matrix, x, y)]);
    };
    for (let index = 0; index < numbers.length;) {
      switch (numbers[index]) {
        case 0:
          finish();
          add(index + 1);
          index += 3;
          break;
        case 1:
          add(index + 1);
          index += 3;
          break;
        case 2:
          // Rounded corners are drawn as curves; their ends are points like others.
          add(index + 5);
          index += 7;
          break;
        case 3:
          add(index + 3);
          index += 5;
          break;
        default: {
          const [first] = points;
          if (first !== undefined) points.push(first);
          index += 1;
        }
      }
    }
    finish();
  }

  #addStroke(points: readonly (readonly [number, number])[]): void {
    for (const [index, [toX, toY]] of points.entries()) {
      const [fromX, fromY] = points[index - 1] ?? [toX, toY];
      if (Math.abs(fromY - toY) < 1) this.#add(this.#horizontal, (fromY + toY) / 2, fromX, toX);
      else if (Math.abs(fromX - toX) < 1) this.#add(this.#vertical, (fromX + toX) / 2, fromY, toY);
    }
  }

  #addFill(points: readonly (readonly [number, number])[]): void {
    if (points.length < 4 || points.length > 6) return;
    const xs = points.map((point) => point[0]);
    const ys = points.map((point) => point[1]);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    if (bottom - top <= thickestLine && right - left > bottom - top) {
      this.#add(this.#horizontal, (top + bottom) / 2, left, right);
    } else if (right - left <= thickestLine) {
      this.#add(this.#vertical, (left + right) / 2, top, bottom);
    }
  }

  #add(rulings: Ruling[], at: number, from: number, to: number): void {
    if (Math.abs(to - from) < shortestLine) return;
    rulings.push({ at, from: Math.min(from, to), to: Math.max(from, to) });
  }
}
