import type { StoredDocument } from './store/list-documents.ts';

/**
 * What a passage of the document is headed by: the title the document states, else its file name without extension,
 * with its place in the file (`prices row 3`) where it is a part of one.
 */
export function passageTitle({ id, path, title }: Pick<StoredDocument, 'id' | 'path' | 'title'>): string {
  if (title !== null && title.trim() !== '') return title;
  const name = (path.split('/').at(-1) ?? path).replace(/(?<=.)\.[^.]{1,8}$/, '');
  const part = id.slice(path.length + 1).replaceAll(/[=!]/g, ' ');
  return part === '' ? name : `${name} ${part}`;
}
