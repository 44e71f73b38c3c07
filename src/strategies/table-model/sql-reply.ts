import { z } from 'zod';
import { toDeclaredField, type DeclaredField, fieldTypes } from '../../table/index.ts';

/** What a model replies to the prompt that turns a question into SQL. Flat, so that every way of asking can have it. */
export const sqlReplySchema = z.object({ sql: z.string().nullable(), missing: z.string().nullable() });

export type SqlReply = z.infer<typeof sqlReplySchema>;

/** More fields than this no question needs. */
const mostMissing = 4;
const longestNameWords = 6;

/** The fields of `date of delivery: date; inspector: text`, without those that are no names of fields. */
export function readMissingFields(missing: string): DeclaredField[] {
  const fields = missing.split(/[;\n]/).flatMap((part) => {
    const [, name = '', stated] = /^\W*(.*?)\s*(?:[:(]\s*([a-z]+)\s*\)?)?\s*$/is.exec(part.trim()) ?? [];
    const words = name.replaceAll(/[_\s]+/g, ' ').trim();
    if (!/\p{L}{2}/u.test(words) || words.split(' ').length > longestNameWords) return [];
    const type = fieldTypes.find((each) => each === stated?.toLowerCase());
    return [toDeclaredField({ name: words.toLowerCase(), ...(type !== undefined && { type }) })];
  });
  return [...new Map(fields.map((field) => [field.name, field])).values()].slice(0, mostMissing);
}

const fence = /^```(?:sql)?\s*([\s\S]*?)\s*```$/i;

/** The statement alone: without a fence, and without the semicolon at its end. */
export function bareSql(sql: string): string {
  return sql.trim().replace(fence, '$1').trim().replace(/;\s*$/, '');
}
