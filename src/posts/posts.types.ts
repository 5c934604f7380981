import type { ObjectId } from 'mongodb';

export interface PostDocument {
  _id: ObjectId;
  title: string;
  content: string;
  authorId: ObjectId;
  createdAt: Date;
  updatedAt: Date;
}

/** A post and its author's record; none when the account went away while the post was read. */
export type PostWithAuthor = PostDocument & { author?: { _id: ObjectId; username: string }; bytesRead?: number };
