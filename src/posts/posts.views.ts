import { z } from 'zod';
import { userSchema } from '../users/users.views.js';
import type { PostDocument } from './posts.types.js';

/** The public view of a post; times are ISO 8601 in UTC. */
export const postSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[0-9a-f]{24}$/)
      .meta({ examples: ['66f2a1b0c9d8e7f6a5b4c3d2'] }),
    title: z.string().meta({ examples: ['On the engine'] }),
    content: z.string().meta({ examples: ['It weaves algebraical patterns.'] }),
    author: userSchema,
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Post' });

export type PostView = z.output<typeof postSchema>;

export function postView(post: PostDocument, userName: string): PostView {
  return {
    id: post._id.toHexString(),
    title: post.title,
    content: post.content,
    author: { userId: post.authorId.toHexString(), userName },
    createdAt: post.createdAt.toISOString(),
    updatedAt: post.updatedAt.toISOString(),
  };
}
