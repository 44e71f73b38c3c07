import type { FieldType } from '../catalog.ts';

/** What a field is in a text: to show the reader, and to try it out. */
export interface FieldExample {
  /** The id or path of a document of the corpus; null where the text is given. */
  readonly document: string | null;
  readonly text: string | null;
  readonly value: string;
  /** Words of the text that state the value. */
  readonly quote: string | null;
}

/** A field that a user, or the project, asks a language model to read. */
export interface DeclaredField {
  /** The SQL identifier: `incident_type`. */
  readonly name: string;
  /** In words: `Incident type`. */
  readonly label: string;
  /** Null where the values decide. */
  readonly type: FieldType | null;
  readonly description: string | null;
  /** The values it may have; empty where it may have any. */
  readonly values: readonly string[];
  readonly examples: readonly FieldExample[];
  /** Values as documents state them, without their documents. */
  readonly exampleValues: readonly string[];
  /** Tells what was read under one declaration of the field from what was read under another. */
  readonly definition: string;
}
