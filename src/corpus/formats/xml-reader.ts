import { Tokenizer } from 'parse5';
import type { Token, TokenHandler } from 'parse5';

/** Told about the elements of an XML part in order. Names are lower case and without their namespace prefix. */
export interface XmlHandler {
  readonly start: (name: string, attributes: XmlAttributes) => void;
  readonly end: (name: string) => void;
  readonly text: (text: string) => void;
}

/** The attributes of an element; those of another namespace are found by their local name. */
export interface XmlAttributes {
  readonly get: (name: string) => string | null;
}

/**
 * Reads the XML of an Office document as it is unpacked. The tokens of HTML are a superset of those of such XML
 * (no DTD, no entities of its own), so its tokenizer serves, and what a DTD declares has no effect.
 */
export async function readXml(chunks: AsyncIterable<Uint8Array>, handler: XmlHandler): Promise<void> {
  const decoder = new TextDecoder();
  const tokenizer = new Tokenizer({}, new XmlTokens(handler));
  tokenizer.inForeignNode = true;
  for await (const chunk of chunks) tokenizer.write(decoder.decode(chunk, { stream: true }), false);
  tokenizer.write(decoder.decode(), true);
}

class XmlTokens implements TokenHandler {
  readonly #handler: XmlHandler;

  constructor(handler: XmlHandler) {
    this.#handler = handler;
  }

  onStartTag(token: Token.TagToken): void {
    const name = localName(token.tagName);
    this.#handler.start(name, { get: (wanted) => attribute(token, wanted) });
    if (token.selfClosing) this.#handler.end(name);
  }

  onEndTag(token: Token.TagToken): void {
    this.#handler.end(localName(token.tagName));
  }

  onCharacter(token: Token.CharacterToken): void {
    this.#handler.text(token.chars);
  }

  onWhitespaceCharacter(token: Token.CharacterToken): void {
    this.#handler.text(token.chars);
  }

  onComment(): void {}
  onDoctype(): void {}
  onEof(): void {}
  onNullCharacter(): void {}
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function attribute(token: Token.TagToken, wanted: string): string | null {
  for (const { name, value } of token.attrs) {
    if (name === wanted || name.endsWith(`:${wanted}`)) return value;
  }
  return null;
}
