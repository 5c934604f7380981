import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { ObjectId } from 'mongodb';
import { CurrentUser } from '../sessions/current-user.decorator.js';
import { Public } from '../http/public.decorator.js';
import { Operation } from '../http/operation.decorator.js';
import { pageQuery, pageSchema, type Page, type PageQuery } from '../pagination/page.js';
import { PostIdPipe } from './post-id.pipe.js';
import { newPostBody, postChangesBody, type NewPostBody, type PostChangesBody } from './posts.schemas.js';
import { PostsService } from './posts.service.js';
import { postSchema, type PostView } from './posts.views.js';

/** The reference resource: public reads, writes by signed-in users to their own posts. A template for new resources. */
@Controller('posts')
export class PostsController {
  constructor(private readonly posts: PostsService) {}

  @Operation({ summary: 'Posts, newest first', response: pageSchema(postSchema), errors: ['overloaded'] })
  @Public()
  @Get()
  list(@Query({ schema: pageQuery }) query: PageQuery): Promise<Page<PostView>> {
    return this.posts.page(query);
  }

  @Operation({ summary: 'One post', response: postSchema, errors: ['not_found'] })
  @Public()
  @Get(':id')
  get(@Param('id', PostIdPipe) id: ObjectId): Promise<PostView> {
    return this.posts.get(id);
  }

  @Operation({ summary: 'Publish a post', response: postSchema, headers: ['Location'], errors: ['rate_limited'] })
  @Post()
  async create(
    @CurrentUser() user: Express.User,
    @Body({ schema: newPostBody }) body: NewPostBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PostView> {
    const post = await this.posts.create(user, body);
    response.location(`/posts/${post.id}`);
    return post;
  }

  @Operation({ summary: 'Change an own post', response: postSchema, errors: ['not_found', 'rate_limited'] })
  @Patch(':id')
  change(
    @CurrentUser() user: Express.User,
    @Param('id', PostIdPipe) id: ObjectId,
    @Body({ schema: postChangesBody }) changes: PostChangesBody,
  ): Promise<PostView> {
    return this.posts.update(user, id, changes);
  }

  @Operation({ summary: 'Delete an own post', errors: ['not_found'] })
  @HttpCode(204)
  @Delete(':id')
  remove(@CurrentUser() user: Express.User, @Param('id', PostIdPipe) id: ObjectId): Promise<void> {
    return this.posts.delete(user, id);
  }
}
