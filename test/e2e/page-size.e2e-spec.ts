import { ObjectId } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { loginAs, signUp } from '../support/accounts.js';
import { commandsDuring, COUNTS_COMMANDS } from '../support/commands.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const MAX_BYTES = 1_000_000;
const LONGEST = 20_000;

/** Content whose size differs most between MongoDB, UTF-8 and JSON. */
const CONTENTS: [name: string, content: string][] = [
  ['of one byte a character', 'x'.repeat(LONGEST)],
  ['of four bytes a character', '😀'.repeat(LONGEST)],
  ['of six bytes a character once it is JSON', '\u0001'.repeat(LONGEST - 1) + 'x'],
  ['of two bytes a character once it is JSON', '"'.repeat(LONGEST)],
];

interface PostPage {
  items: { id: string; content: string }[];
  nextCursor?: string;
}

describe('a page of the largest posts', () => {
  let app: TestApp;
  let authorId: ObjectId;
  beforeAll(async () => {
    app = await startTestApp();
    const { username } = await signUp(app);
    authorId = (await app.db.collection('users').findOne({ username }))!._id;
  });
  afterAll(() => app.close());

  async function publish(count: number, content: string): Promise<string[]> {
    const start = Date.now() - 3_600_000;
    const posts = Array.from({ length: count }, (_, index) => {
      // Some share a millisecond, so the id decides where a page ends.
      const createdAt = new Date(start + Math.floor(index / 3));
      return { _id: new ObjectId(), title: `Post ${index}`, content, authorId, createdAt, updatedAt: createdAt };
    });
    await app.db.collection('posts').insertMany(posts);
    onTestFinished(async () => void (await app.db.collection('posts').deleteMany({})));
    return posts.map(({ _id }) => _id.toHexString()).toReversed();
  }

  it.each(CONTENTS)(
    'is at most 1 MB for content %s, and the pages together have every post once',
    async (_, content) => {
      const ids = await publish(110, content);
      const seen: string[] = [];
      let cursor: string | undefined = '';
      while (cursor !== undefined) {
        const { text, body } = await app
          .agent()
          .get(`/posts?limit=100${cursor && `&cursor=${cursor}`}`)
          .expect(200);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_BYTES);
        const page = body as PostPage;
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(ids);
    },
  );

  it('is full: no more requests than the bytes need', async () => {
    await publish(110, 'x'.repeat(LONGEST));
    const { body } = await app.agent().get('/posts?limit=100').expect(200);
    expect((body as PostPage).items.length).toBeGreaterThanOrEqual(45);
  });

  it('is one command, and MongoDB sends no more than its bytes', async () => {
    app.singleProcess(COUNTS_COMMANDS);
    onTestFinished(async () => void (await app.db.command({ profile: 0 })));
    await publish(110, '😀'.repeat(LONGEST));
    await app.db.command({ profile: 2 });
    const commands = await commandsDuring(() => app.agent().get('/posts?limit=100').expect(200));
    expect(commands).toEqual(['aggregate']);
    const [read] = await app.db.collection('system.profile').find({ 'command.aggregate': 'posts' }).toArray();
    expect(read!.responseLength).toBeLessThan(1.2 * MAX_BYTES);
  });

  it('skips posts of deleted authors without ending early', async () => {
    const ids = await publish(60, 'x'.repeat(LONGEST));
    await app.db
      .collection('posts')
      .updateMany({ _id: { $in: ids.slice(0, 30).map((id) => new ObjectId(id)) } }, [
        { $set: { authorId: new ObjectId() } },
      ]);
    const { body } = await app.agent().get('/posts?limit=50').expect(200);
    const rest = await app
      .agent()
      .get(`/posts?limit=50&cursor=${(body as PostPage).nextCursor}`)
      .expect(200);
    const shown = [body, rest.body].flatMap((page) => (page as PostPage).items.map(({ id }) => id));
    expect(shown).toEqual(ids.slice(30));
  });
});

describe('a page of activity with the longest user agents', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startTestApp()));
  afterAll(() => app.close());

  it('is at most 1 MB and has every event once', async () => {
    const member = await loginAs(app);
    const { userId } = (await member.get('/users/me').expect(200)).body as { userId: string };
    const events = Array.from({ length: 250 }, (_, index) => ({
      _id: new ObjectId(),
      at: new Date(Date.now() - index),
      type: 'sign_in_failed' as const,
      userId: new ObjectId(userId),
      ip: '203.0.113.7',
      userAgent: '"'.repeat(512),
      requestId: 'r',
      expires: new Date(Date.now() + 3_600_000),
    }));
    await app.db.collection('audit_events').insertMany(events);
    let count = 0;
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const { text, body } = await member
        .get(`/users/me/activity?limit=100${cursor && `&cursor=${cursor}`}`)
        .expect(200);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_BYTES);
      const page = body as { items: unknown[]; nextCursor?: string };
      count += page.items.length;
      cursor = page.nextCursor;
    }
    expect(count).toBe(251);
  });
});
