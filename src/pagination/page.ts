import { z } from 'zod';
import { ObjectId, type Document } from 'mongodb';

/** One page of a list, and the cursor of the next page; the last page has no `nextCursor`. */
export interface Page<T> {
  items: T[];
  nextCursor?: string;
}

/** A position in a list sorted by time and id, newest first. New items do not shift it. */
export interface Position {
  at: Date;
  id: ObjectId;
}

/** The response of a route that lists items of this schema in pages. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  const nextCursor = z.string().optional().meta({ description: 'For the next page; absent on the last.' });
  return z.strictObject({ items: z.array(item), nextCursor });
}

/** The largest response of a list, in bytes of JSON. */
export const MAX_PAGE_BYTES = 1_000_000;
const LARGE_PAGE_BYTES = 100_000;
/** Upper bound of a page without its items, in bytes. */
const ENVELOPE_BYTES = 200;
/** JSON writes a control character as `\u0000`: six bytes. Every other UTF-16 code unit takes fewer. */
export const MAX_JSON_BYTES_PER_CODE_UNIT = 6;

const MAX_LIMIT = 100;
const DEFAULT_LIMIT = 20;

const limit = z
  .string()
  .regex(/^-?\d{1,9}$/)
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

/** The query `?limit=1..100&cursor=…` of every paginated list. */
export const pageQuery = z.strictObject({ limit, cursor: cursor.optional() });

export type PageQuery = z.output<typeof pageQuery>;

/**
 * Selects everything after `position`, for the sort `{[timeField]: -1, _id: -1}`. By hand: no maintained package offers
 * keyset cursors for aggregations.
 */
export function afterCursor(position: Position | undefined, timeField: string): object {
  if (!position) return {};
  const { at, id } = position;
  return { $or: [{ [timeField]: { $lt: at } }, { [timeField]: at, _id: { $lt: id } }] };
}

/**
 * Aggregation stages that read one page, sorted by `{[timeField]: -1, _id: -1}`: at most `query.limit` + 1 documents, and no
 * more than fill MAX_PAGE_BYTES. MongoDB counts the bytes, so large documents beyond the page never reach this process. The
 * document that exceeds the limit is read as well: it shows that there is a next page.
 */
export function pageStages(query: PageQuery, timeField: string): Document[] {
  const newestFirst = { [timeField]: -1, _id: -1 };
  const upToHere = { $sum: { $bsonSize: '$$ROOT' }, window: { documents: ['unbounded', 'current'] } };
  const bytesBefore = { $subtract: ['$bytesRead', { $bsonSize: '$$ROOT' }] };
  return [
    { $match: afterCursor(query.cursor, timeField) },
    { $sort: newestFirst },
    { $limit: query.limit + 1 },
    { $setWindowFields: { sortBy: newestFirst, output: { bytesRead: upToHere } } },
    { $match: { $expr: { $lt: [bytesBefore, MAX_PAGE_BYTES] } } },
  ];
}

/** How a list turns its documents into the items of a page. */
export interface PageRules<R extends object, Item> {
  position: (row: R) => Position;
  /** undefined for a document that readers no longer see. */
  view: (row: R) => Item | undefined;
  /** A cheap upper bound of the bytes of an item as JSON. Most pages need no exact count. */
  maxBytes: (row: R) => number;
}

/**
 * Cuts a page at `size` rows or MAX_PAGE_BYTES, whichever comes first.
 * @param rows in list order; one row more than the page has shows that there is a next page
 */
export function toPage<R extends object, Item>(rows: R[], size: number, rules: PageRules<R, Item>): Page<Item> {
  const items: Item[] = [];
  const within = byteBudget(rows, rules);
  let taken = 0;
  for (const row of rows.slice(0, size)) {
    // This row exceeds the limit of the read, so there may be later ones that were not read.
    if (bytesRead(row) >= MAX_PAGE_BYTES && taken > 0) break;
    const item = rules.view(row);
    if (item !== undefined) {
      // The first item always fits: no item is nearly as large as MAX_PAGE_BYTES.
      if (!within(item) && items.length > 0) break;
      items.push(item);
    }
    taken += 1;
  }
  const last = rows[taken - 1];
  return { items, ...(last && taken < rows.length && { nextCursor: encodeCursor(rules.position(last)) }) };
}

/** Whether the page of these rows takes milliseconds to produce. */
export const isLarge = (rows: { bytesRead?: number }[]) => bytesRead(rows.at(-1) ?? {}) > LARGE_PAGE_BYTES;

/** The size of all rows up to this one, set by `pageStages`. */
const bytesRead = (row: { bytesRead?: number }) => row.bytesRead ?? 0;

/** @returns whether one more item fits the page. Counts exactly only if the upper bounds exceed the limit. */
function byteBudget<R extends object, Item>(rows: R[], { maxBytes }: PageRules<R, Item>): (item: Item) => boolean {
  const atMost = rows.reduce((sum, row) => sum + maxBytes(row), ENVELOPE_BYTES);
  if (atMost <= MAX_PAGE_BYTES) return () => true;
  let bytes = ENVELOPE_BYTES;
  return (item) => (bytes += Buffer.byteLength(JSON.stringify(item)) + 1) <= MAX_PAGE_BYTES;
}

function encodeCursor({ at, id }: Position): string {
  return Buffer.from(`${at.getTime()}.${id.toHexString()}`).toString('base64url');
}

function decodeCursor(text: string): Position | undefined {
  const [, time, id] = /^(\d{1,15})\.([0-9a-f]{24})$/.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? [];
  if (id === undefined) return undefined;
  const position = { at: new Date(Number(time)), id: new ObjectId(id) };
  // Decoding ignores characters that are not base64: only the exact cursor of a response is valid.
  return encodeCursor(position) === text ? position : undefined;
}
