import type { ObjectId } from 'mongodb';

export interface PostDocument {
  _id: ObjectId;
  title: string;
  content: string;
  authorId: ObjectId;
  createdAt: Date;
  updatedAt: Date;
}

/** A post with its author, who is absent if the account was deleted during the read. */
export type PostWithAuthor = PostDocument & { author?: { _id: ObjectId; username: string }; bytesRead?: number };
