/** A JSON Schema of draft 7, as far as it is looked into; other keywords are passed on. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema | boolean>>;
  readonly items?: JsonSchema | boolean | readonly (JsonSchema | boolean)[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly (JsonSchema | boolean)[];
  readonly [keyword: string]: unknown;
}
