import type { PostDocument } from './posts.types.js';

/** A post as anybody sees it; times are ISO-8601 in UTC. */
export interface PostView {
  id: string;
  title: string;
  content: string;
  author: Express.User;
  createdAt: string;
  updatedAt: string;
}

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
