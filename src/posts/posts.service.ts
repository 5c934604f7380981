import { Injectable } from '@nestjs/common';
import { ObjectId, type Collection, type Document } from 'mongodb';
import { forEachBatch } from '../database/for-each-batch.js';
import { DatabaseService } from '../database/database.service.js';
import { AppError } from '../errors/app.error.js';
import { LargePageGate } from '../pagination/large-page-gate.js';
import {
  isLarge,
  MAX_JSON_BYTES_PER_CODE_UNIT,
  pageStages,
  toPage,
  type Page,
  type PageQuery,
} from '../pagination/page.js';
import { IpRateLimiterService } from '../rate-limits/ip-rate-limiter.service.js';
import { UsersService } from '../users/users.service.js';
import type { NewPostBody, PostChangesBody } from './posts.schemas.js';
import type { PostDocument, PostWithAuthor } from './posts.types.js';
import { postView, type PostView } from './posts.views.js';

@Injectable()
export class PostsService {
  private readonly largePages = new LargePageGate();

  constructor(
    private readonly database: DatabaseService,
    private readonly users: UsersService,
    private readonly limits: IpRateLimiterService,
  ) {}

  private get posts(): Collection<PostDocument> {
    return this.database.collection<PostDocument>('posts');
  }

  /** Newest first. One command for any page and any number of authors. */
  page(query: PageQuery): Promise<Page<PostView>> {
    return this.largePages.pass(async () => {
      const rows = await this.read(pageStages(query, 'createdAt'));
      if (isLarge(rows)) await this.largePages.nextTurn();
      return this.toPage(rows, query.limit);
    });
  }

  private toPage(rows: PostWithAuthor[], size: number): Page<PostView> {
    return toPage(rows, size, {
      position: ({ createdAt: at, _id: id }) => ({ at, id }),
      view: withAuthor,
      maxBytes: ({ title, content }) => MAX_JSON_BYTES_PER_CODE_UNIT * (title.length + content.length) + FIXED_BYTES,
    });
  }

  /** @throws {AppError} not_found */
  async get(id: ObjectId): Promise<PostView> {
    const [post] = await this.read([{ $match: { _id: id } }]);
    const view = post && withAuthor(post);
    if (!view) throw new AppError('not_found');
    return view;
  }

  /**
   * Checks the account after the insert. If it still exists, a later deletion of the account finds the post; otherwise the
   * post is removed before the response is sent. A transaction would make concurrent posts of one author conflict in the
   * author's document.
   * @throws {AppError} rate_limited
   */
  async create({ userId, userName }: Express.User, body: NewPostBody): Promise<PostView> {
    await this.limits.countPost(userId);
    const now = new Date();
    const authorId = new ObjectId(userId);
    const post: PostDocument = { _id: new ObjectId(), ...body, authorId, createdAt: now, updatedAt: now };
    await this.posts.insertOne(post);
    if (await this.users.exists(authorId)) return postView(post, userName);
    await this.posts.deleteOne({ _id: post._id });
    throw new AppError('session_revoked', { reason: 'account_deleted' });
  }

  /** @throws {AppError} rate_limited; not_found, also for posts of other authors: the author is part of the query */
  async update({ userId, userName }: Express.User, id: ObjectId, changes: PostChangesBody): Promise<PostView> {
    await this.limits.countPost(userId);
    const changed = await this.posts.findOneAndUpdate(
      { _id: id, authorId: new ObjectId(userId) },
      { $set: { ...changes, updatedAt: new Date() } },
      { returnDocument: 'after' },
    );
    if (!changed) throw new AppError('not_found');
    return postView(changed, userName);
  }

  /** @throws {AppError} not_found, also for posts of other authors */
  async delete({ userId }: Express.User, id: ObjectId): Promise<void> {
    const { deletedCount } = await this.posts.deleteOne({ _id: id, authorId: new ObjectId(userId) });
    if (deletedCount === 0) throw new AppError('not_found');
  }

  deleteByAuthor(authorId: ObjectId): Promise<void> {
    return forEachBatch(this.posts, { authorId }, (batch) => this.posts.deleteMany(batch));
  }

  private read(stages: Document[]): Promise<PostWithAuthor[]> {
    const posts = this.database.collectionForReads<PostDocument>('posts');
    return posts.aggregate<PostWithAuthor>([...stages, ...JOIN_AUTHOR], ONE_BATCH).toArray();
  }
}

/** Upper bound of a post's JSON without title and content, in bytes. */
const FIXED_BYTES = 1_000;

/** With the default batch size of 101, the driver needs a second command to learn that there are no more documents. */
const ONE_BATCH = { batchSize: 1_000 };

const JOIN_AUTHOR = [
  {
    $lookup: {
      from: 'users',
      localField: 'authorId',
      foreignField: '_id',
      pipeline: [{ $project: { username: 1 } }],
      as: 'author',
    },
  },
  { $set: { author: { $first: '$author' } } },
];

/** A post whose account was deleted between the two reads of the join counts as deleted too. */
function withAuthor(post: PostWithAuthor): PostView | undefined {
  return post.author && postView(post, post.author.username);
}
