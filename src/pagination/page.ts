import { z } from 'zod';
import { ObjectId } from 'mongodb';

/** One page of a list, and where the next one begins; no `nextCursor` on the last. */
export interface Page<T> {
  items: T[];
  nextCursor?: string;
}

/** A place in a list that is sorted by time and id, newest first: stable while others insert. */
export interface Position {
  at: Date;
  id: ObjectId;
}

/** What a route answers that lists items of this schema in pages. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  const nextCursor = z.string().optional().meta({ description: 'For the next page; absent on the last.' });
  return z.strictObject({ items: z.array(item), nextCursor });
}

const MAX_LIMIT = 100;
const DEFAULT_LIMIT = 20;

const limit = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)
  .pipe(z.number().min(1).max(MAX_LIMIT))
  .default(DEFAULT_LIMIT)
  .meta({ type: 'integer', default: DEFAULT_LIMIT, minimum: 1, maximum: MAX_LIMIT, pattern: undefined });

const cursor = z.string().transform((text, context): Position => {
  const position = decodeCursor(text);
  if (position) return position;
  context.addIssue({ code: 'custom', params: { code: 'not_well_formed' } });
  return z.NEVER;
});

/** `?limit=1..100&cursor=…`, of every list that comes in pages. */
export const pageQuery = z.strictObject({ limit, cursor: cursor.optional() });

export type PageQuery = z.output<typeof pageQuery>;

/** Everything that stands after `position`, for a sort by `{[timeField]: -1, _id: -1}`. */
export function after(position: Position | undefined, timeField: string): object {
  if (!position) return {};
  const { at, id } = position;
  return { $or: [{ [timeField]: { $lt: at } }, { [timeField]: at, _id: { $lt: id } }] };
}

/** @param rows one more than the page holds, if there is one more: it tells that there is a next page */
export function toPage<Row>(rows: Row[], size: number, position: (row: Row) => Position): Page<Row> {
  const items = rows.slice(0, size);
  const last = items.at(-1);
  const more = rows.length > size && last !== undefined;
  return { items, ...(more && { nextCursor: encodeCursor(position(last)) }) };
}

function encodeCursor({ at, id }: Position): string {
  return Buffer.from(`${at.getTime()}.${id.toHexString()}`).toString('base64url');
}

function decodeCursor(text: string): Position | undefined {
  const [, time, id] = /^(\d{1,15})\.([0-9a-f]{24})$/.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? [];
  if (id === undefined) return undefined;
  const position = { at: new Date(Number(time)), id: new ObjectId(id) };
  // Decoding passes over what is no base64: a cursor is what was handed out, to the letter.
  return encodeCursor(position) === text ? position : undefined;
}
