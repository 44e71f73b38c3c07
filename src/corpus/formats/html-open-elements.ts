import { isBlockRole } from './html-elements.ts';
import type { ElementRole } from './html-elements.ts';

/** An element whose end has not come yet. */
export interface OpenElement {
  readonly name: string;
  readonly role: ElementRole;
  /** The element or one around it is not shown. */
  readonly hidden: boolean;
  readonly bold: boolean;
  readonly superscript: boolean;
  /** Does what the element's end calls for. */
  readonly close: (() => void) | null;
}

/**
 * No search among the open elements goes deeper than this, so that a page of stray tags cannot make every search
 * long. In real pages an element and its end are few levels apart.
 */
const deepestSearch = 1000;

/**
 * The open elements of a page, innermost last. Where HTML allows an end tag to be left out, the next start tag
 * closes the element; an end tag that fits nothing is ignored. No recursion, so nesting has no limit.
 */
export class OpenElements {
  readonly #elements: OpenElement[] = [];
  readonly #counts = new Map<string, number>();
  readonly #roleCounts = new Map<ElementRole, number>();

  get current(): OpenElement | null {
    return this.#elements.at(-1) ?? null;
  }

  isOpen(role: ElementRole): boolean {
    return (this.#roleCounts.get(role) ?? 0) > 0;
  }

  isNameOpen(name: string): boolean {
    return (this.#counts.get(name) ?? 0) > 0;
  }

  push(element: OpenElement): void {
    this.#elements.push(element);
    this.#counts.set(element.name, (this.#counts.get(element.name) ?? 0) + 1);
    this.#roleCounts.set(element.role, (this.#roleCounts.get(element.role) ?? 0) + 1);
  }

  /** Closes what a start tag of this role closes without saying so. */
  closeImplied(role: ElementRole): void {
    switch (role) {
      case 'item':
        this.#closeNearest(['item'], stopsItem);
        break;
      case 'term':
      case 'definition':
        this.#closeNearest(['term', 'definition'], stopsDefinition);
        break;
      case 'cell':
      case 'headerCell':
        this.#closeNearest(['cell', 'headerCell'], stopsTablePart);
        break;
      case 'row':
        this.#closeNearest(['row'], stopsTablePart);
        break;
      case 'headGroup':
      case 'rowGroup':
      case 'caption':
        this.#closeNearest(['headGroup', 'rowGroup', 'caption', 'row'], stopsTablePart);
        break;
      default:
    }
    if (isBlockRole(role)) this.#closeNearest(['paragraph'], stopsParagraph);
  }

  /** Closes the innermost element that the end tag can mean, and all within it. */
  closeNamed(name: string, role: ElementRole): void {
    if (!this.isNameOpen(name)) return;
    const stops = endTagStops(role);
    const lowest = Math.max(0, this.#elements.length - deepestSearch);
    for (let index = this.#elements.length - 1; index >= lowest; index -= 1) {
      const element = this.#elements[index];
      if (element === undefined) return;
      if (element.name === name) {
        this.#closeFrom(index);
        return;
      }
      if (stops(element.role)) return;
    }
  }

  closeAll(): void {
    this.#closeFrom(0);
  }

  #closeNearest(roles: readonly ElementRole[], stops: (role: ElementRole) => boolean): void {
    if (!roles.some((role) => this.isOpen(role))) return;
    const lowest = Math.max(0, this.#elements.length - deepestSearch);
    let outermost: number | null = null;
    for (let index = this.#elements.length - 1; index >= lowest; index -= 1) {
      const role = this.#elements[index]?.role;
      if (role === undefined || stops(role)) break;
      if (roles.includes(role)) outermost = index;
    }
    if (outermost !== null) this.#closeFrom(outermost);
  }

  #closeFrom(index: number): void {
    while (this.#elements.length > index) {
      const element = this.#elements.pop();
      if (element === undefined) return;
      this.#counts.set(element.name, (this.#counts.get(element.name) ?? 1) - 1);
      this.#roleCounts.set(element.role, (this.#roleCounts.get(element.role) ?? 1) - 1);
      element.close?.();
    }
  }
}

const isCellLike = (role: ElementRole): boolean =>
  role === 'cell' || role === 'headerCell' || role === 'caption' || role === 'table';

const stopsItem = (role: ElementRole): boolean => role === 'list' || isCellLike(role);
const stopsDefinition = (role: ElementRole): boolean => role === 'definitionList' || isCellLike(role);
const stopsTablePart = (role: ElementRole): boolean => role === 'table';
const stopsParagraph = (role: ElementRole): boolean => isBlockRole(role) && role !== 'paragraph';

/** Which open elements an end tag cannot reach beyond. */
function endTagStops(role: ElementRole): (role: ElementRole) => boolean {
  if (role === 'table' || role === 'hidden') return () => false;
  if (isCellLike(role) || role === 'row' || role === 'rowGroup' || role === 'headGroup')
    return stopsTablePart;
  if (isBlockRole(role)) return isCellLike;
  return (other) => isBlockRole(other);
}
