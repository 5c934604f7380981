import { z } from 'zod';
import type { IssueCode } from '../errors/error-codes.js';

const TITLE_MAX = 200;
/** In code points. BODY_LIMIT additionally limits the bytes of the whole request. */
const CONTENT_MAX = 20_000;

const title = text(TITLE_MAX)
  .refine((value) => !/\p{Cc}/u.test(value), says('bad_characters'))
  .meta({ description: 'One line, not blank.', minLength: 1, maxLength: TITLE_MAX, examples: ['On the engine'] });
const content = text(CONTENT_MAX).meta({
  minLength: 1,
  maxLength: CONTENT_MAX,
  examples: ['It weaves algebraical patterns.'],
});

export const newPostBody = z.strictObject({ title, content });

/** Absent fields stay unchanged. */
export const postChangesBody = newPostBody
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, {
    ...says('required'),
    when: ({ issues }) => issues.length === 0,
  })
  .meta({ minProperties: 1 });

export type NewPostBody = z.output<typeof newPostBody>;
export type PostChangesBody = z.output<typeof postChangesBody>;

/** Text that is not blank and has at most `max` code points. Stored unchanged. */
function text(max: number) {
  return z
    .string()
    .refine((value) => value.isWellFormed(), says('not_well_formed'))
    .refine((value) => value.trim() !== '', says('too_short', 1))
    .refine((value) => Array.from(value).length <= max, says('too_long', max));
}

function says(code: IssueCode, limit?: number) {
  return { params: { code, limit } };
}
