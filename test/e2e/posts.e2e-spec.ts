import { ObjectId } from 'mongodb';
import type TestAgent from 'supertest/lib/agent.js';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { issue } from '../../src/errors/app.error.js';
import type { IssueCode } from '../../src/errors/error-codes.js';
import { freshUsername, loginAs, PASSWORD, signIn, signUp } from '../support/accounts.js';
import { commandsDuring, COUNTS_COMMANDS } from '../support/commands.js';
import { expectError } from '../support/expect-error.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

interface Post {
  id: string;
  title: string;
  author: { userId: string; userName: string };
}
interface PostPage {
  items: Post[];
  nextCursor?: string;
}

const NOTE = { title: 'On sessions', content: 'They end.\nOr they are ended.' };

describe('posts', () => {
  let app: TestApp;
  let author: TestAgent;
  let authorName: string;
  let stranger: TestAgent;

  beforeAll(async () => {
    app = await startTestApp();
    const account = await signUp(app);
    authorName = account.username;
    author = await signIn(app, account);
    stranger = await loginAs(app);
  });
  afterAll(() => app.close());

  async function publish(body: object = NOTE): Promise<Post> {
    return (await author.post('/posts').send(body).expect(201)).body as Post;
  }

  it('lets a user publish, returns the location, and shows the post to everyone', async () => {
    const answer = await author.post('/posts').send(NOTE).expect(201);
    const post = answer.body as Post;
    expect(post).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      ...NOTE,
      author: { userId: expect.stringMatching(/^[0-9a-f]{24}$/), userName: authorName },
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    });
    expect(answer.headers.location).toBe(`/posts/${post.id}`);
    expect((await app.agent().get(`/posts/${post.id}`).expect(200)).body).toEqual(post);
    const list = (await app.agent().get('/posts').expect(200)).body as PostPage;
    expect(list.items[0]).toEqual(post);
  });

  it('rejects writes of guests', async () => {
    const { id } = await publish();
    const guest = app.agent();
    expectError(await guest.post('/posts').send(NOTE), 'not_signed_in');
    expectError(await guest.patch(`/posts/${id}`).send({ title: 'Mine' }), 'not_signed_in');
    expectError(await guest.delete(`/posts/${id}`), 'not_signed_in');
  });

  it('lets the author change one field or both; only updatedAt changes as well', async () => {
    const { id } = await publish();
    const anHourAgo = new Date(Date.now() - 3_600_000);
    const published = { createdAt: anHourAgo, updatedAt: anHourAgo };
    await app.db.collection('posts').updateOne({ _id: new ObjectId(id) }, { $set: published });
    const changed = await author.patch(`/posts/${id}`).send({ title: 'On cookies' }).expect(200);
    expect(changed.body).toMatchObject({ id, title: 'On cookies', content: NOTE.content });
    expect(changed.body.createdAt).toBe(anHourAgo.toISOString());
    expect(Date.parse(changed.body.updatedAt)).toBeGreaterThan(anHourAgo.getTime());
    expect((await app.agent().get(`/posts/${id}`)).body).toEqual(changed.body);
  });

  it('lets the author delete, once', async () => {
    const { id } = await publish();
    await author.delete(`/posts/${id}`).expect(204);
    expectError(await app.agent().get(`/posts/${id}`), 'not_found');
    expectError(await author.delete(`/posts/${id}`), 'not_found');
  });

  it('responds 404 when a user changes or deletes a post of another author', async () => {
    const { id } = await publish();
    expectError(await stranger.patch(`/posts/${id}`).send({ title: 'Mine' }), 'not_found');
    expectError(await stranger.delete(`/posts/${id}`), 'not_found');
    expect((await app.agent().get(`/posts/${id}`).expect(200)).body).toMatchObject(NOTE);
  });

  it.each(['1', 'new', 'a'.repeat(12), 'g'.repeat(24), '$ne', new ObjectId().toHexString()])(
    'responds 404 to the id %s',
    async (id) => {
      expectError(await app.agent().get(`/posts/${id}`), 'not_found');
      expectError(await author.patch(`/posts/${id}`).send({ title: 'Mine' }), 'not_found');
      expectError(await author.delete(`/posts/${id}`), 'not_found');
    },
  );

  const REFUSED: [what: string, body: object, path: string, code: IssueCode, limit?: number][] = [
    ['a blank title', { ...NOTE, title: ' \u3000 ' }, 'title', 'too_short', 1],
    ['a title of 201 code points', { ...NOTE, title: '😀'.repeat(201) }, 'title', 'too_long', 200],
    ['a title of two lines', { ...NOTE, title: 'one\ntwo' }, 'title', 'bad_characters'],
    ['a title that is a number', { ...NOTE, title: 7 }, 'title', 'wrong_type'],
    ['a title that is an operator', { ...NOTE, title: { $ne: null } }, 'title', 'wrong_type'],
    ['empty content', { ...NOTE, content: '' }, 'content', 'too_short', 1],
    ['content of 20,001 code points', { ...NOTE, content: 'x'.repeat(20_001) }, 'content', 'too_long', 20_000],
    ['half a character', { ...NOTE, content: '\ud83d' }, 'content', 'not_well_formed'],
    ['an author of one’s choice', { ...NOTE, authorId: 'me' }, 'authorId', 'unknown_field'],
  ];

  it.each(REFUSED)('rejects %s, in a new post and in a change', async (_what, body, path, code, limit) => {
    const { id } = await publish();
    const issues = [issue(path, code, limit)];
    expectError(await author.post('/posts').send(body), 'validation_failed', { issues });
    expectError(await author.patch(`/posts/${id}`).send(body), 'validation_failed', { issues });
    expect((await app.agent().get(`/posts/${id}`)).body).toMatchObject(NOTE);
  });

  it('requires both fields in a new post and at least one in a change', async () => {
    const { id } = await publish();
    const both = [issue('title', 'required'), issue('content', 'required')];
    expectError(await author.post('/posts').send({}), 'validation_failed', { issues: both });
    for (const [body, problem] of [
      [{}, issue('', 'required')],
      [{ authorId: 'me' }, issue('authorId', 'unknown_field')],
    ] as const) {
      expectError(await author.patch(`/posts/${id}`).send(body), 'validation_failed', { issues: [problem] });
    }
  });

  it('stores text unchanged, up to the longest', async () => {
    const longest = { title: '😀'.repeat(200), content: ' <script>alert(1)</script>\r\n'.padEnd(20_000, 'é') };
    const { id } = await publish(longest);
    expect((await app.agent().get(`/posts/${id}`)).body).toMatchObject(longest);
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=-1',
    'limit=1e1',
    'limit=',
    'limit=1&limit=2',
    'cursor=x',
    'cursor=',
    'page=2',
  ])('rejects ?%s', async (query) => {
    const answer = await app.agent().get(`/posts?${query}`);
    expectError(answer, 'validation_failed', { issues: [expect.objectContaining({ code: expect.any(String) })] });
  });

  it('removes the posts with the account', async () => {
    const account = await signUp(app);
    const leaving = await signIn(app, account);
    const { id } = (await leaving.post('/posts').send(NOTE).expect(201)).body as Post;
    await leaving.delete('/users/me').expect(204);
    expectError(await app.agent().get(`/posts/${id}`), 'not_found');
    expect(await app.db.collection('posts').countDocuments({ _id: new ObjectId(id) })).toBe(0);
  });

  it('leaves no post of an account that is deleted during the request', async () => {
    for (let round = 0; round < 5; round += 1) {
      const account = await signUp(app);
      const leaving = await signIn(app, account);
      const user = await app.db.collection('users').findOne({ username: account.username });
      const publishing = Array.from({ length: 5 }, () => leaving.post('/posts').send(NOTE));
      const [deleted, ...published] = await Promise.all([leaving.delete('/users/me'), ...publishing]);
      expect(deleted.status).toBe(204);
      expect(published.every(({ status }) => status === 201 || status === 401)).toBe(true);
      expect(await app.db.collection('posts').countDocuments({ authorId: user!._id })).toBe(0);
    }
  });

  it('responds 201 to each of 60 concurrent posts of one author', async () => {
    const racing = await loginAs(app);
    const answers = await Promise.all(Array.from({ length: 60 }, () => racing.post('/posts').send(NOTE)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
  });

  it('skips a post whose author is deleted', async () => {
    const { id: older } = await publish();
    const now = new Date();
    const orphan = { _id: new ObjectId(), ...NOTE, authorId: new ObjectId(), createdAt: now, updatedAt: now };
    await app.db.collection('posts').insertOne(orphan);
    expectError(await app.agent().get(`/posts/${orphan._id.toHexString()}`), 'not_found');
    const first = (await app.agent().get('/posts?limit=1')).body as PostPage;
    expect(first.items).toEqual([]);
    const second = (await app.agent().get(`/posts?limit=1&cursor=${first.nextCursor}`)).body as PostPage;
    expect(second.items[0]!.id).toBe(older);
    await app.db.collection('posts').deleteOne({ _id: orphan._id });
  });
});

describe('a long list of posts', () => {
  let app: TestApp;
  let ids: string[];

  beforeAll(async () => {
    app = await startTestApp();
    const names = Array.from({ length: 7 }, () => freshUsername());
    for (const username of names) await signUp(app, { username });
    const authors = await app.db.collection('users').find().toArray();
    // Many share a millisecond, so that the id has to decide as well.
    const start = Date.now() - 3_600_000;
    const posts = Array.from({ length: 10_000 }, (_, index) => {
      const createdAt = new Date(start + Math.floor(index / 37));
      const authorId = authors[index % authors.length]!._id;
      return {
        _id: new ObjectId(),
        title: `Post ${index}`,
        content: 'text',
        authorId,
        createdAt,
        updatedAt: createdAt,
      };
    });
    await app.db.collection('posts').insertMany(posts);
    ids = posts.map(({ _id }) => _id.toHexString());
  });
  afterAll(() => app.close());

  it('shows each post once, page by page, while others publish', async () => {
    app.singleProcess(COUNTS_COMMANDS);
    const { username } = (await app.db.collection('users').findOne())!;
    const writer = await signIn(app, { username: String(username), password: PASSWORD });

    const seen: string[] = [];
    const perPage: number[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      await writer.post('/posts').send({ title: 'Meanwhile', content: 'text' }).expect(201);
      const query = cursor === '' ? 'limit=100' : `limit=100&cursor=${cursor}`;
      let page!: PostPage;
      const commands = await commandsDuring(async () => {
        page = (await app.agent().get(`/posts?${query}`).expect(200)).body as PostPage;
      });
      perPage.push(commands.length);
      expect(page.items.every(({ author }) => author.userName !== '')).toBe(true);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }

    const old = new Set(ids);
    expect(seen.filter((id) => old.has(id))).toEqual(ids.toReversed());
    expect(new Set(seen).size).toBe(seen.length);
    expect(perPage.length).toBeGreaterThan(100);
    expect(Math.max(...perPage)).toBe(1);
  });

  it('is read from the index, for pages of any depth', async () => {
    onTestFinished(async () => void (await app.db.command({ profile: 0 })));
    await app.db.command({ profile: 2 });
    let cursor = '';
    for (let page = 0; page < 30; page += 1) {
      const answer = await app.agent().get(`/posts?limit=100${cursor && `&cursor=${cursor}`}`);
      cursor = (answer.body as PostPage).nextCursor!;
    }
    const reads = await app.db.collection('system.profile').find({ 'command.aggregate': 'posts' }).toArray();
    expect(reads).toHaveLength(30);
    for (const { docsExamined, hasSortStage } of reads) {
      expect(hasSortStage).not.toBe(true);
      expect(docsExamined).toBeLessThan(350);
    }
  });
});
