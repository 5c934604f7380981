import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ObjectId } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mailContent } from '../../src/mail/mail-content.js';
import { MailboxModule } from '../../src/mail/mailbox/mailbox.module.js';
import { MailerService } from '../../src/mail/mailer.service.js';
import { NOTICE_KINDS } from '../../src/mail/notice.types.js';
import { expectError } from '../support/expect-error.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let folder: string;
let app: TestApp;

const settings = () => ({
  MAIL_URL: `mailbox:${join(folder, 'mail')}`,
  MAIL_FROM: 'app@localhost',
  FRONTEND_URL: 'http://localhost:3000',
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailbox-'));
  app = await startTestApp(settings(), { features: [MailboxModule] });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => void (await app.agent().delete('/dev/mail').expect(204)));

async function send(to: string, subject: string): Promise<void> {
  const content = mailContent(subject, { appName: 'App', userName: '<ada>' }, [
    'One & two.',
    { link: 'http://a.example/#b' },
  ]);
  await app.app.get(MailerService, { strict: false }).send({ id: new ObjectId(), to, content });
}

const subjects = async (query = ''): Promise<string[]> => {
  const { body } = await app.agent().get(`/dev/mail${query}`).expect(200);
  return (body as { items: { subject: string }[] }).items.map(({ subject }) => subject);
};

describe('the mailbox of development', () => {
  it('lists mails newest first, with all their fields', async () => {
    for (const subject of ['first', 'second', 'third']) await send('ada@example.com', subject);
    expect(await subjects()).toEqual(['third', 'second', 'first']);
    const { body } = await app.agent().get('/dev/mail').expect(200);
    const [{ id, at, ...mail }] = (body as { items: Record<string, string>[] }).items as [Record<string, string>];
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Date(at!).toISOString()).toBe(at);
    expect(mail).toEqual({
      to: 'ada@example.com',
      from: 'app@localhost',
      subject: 'third',
      text: 'Hello <ada>,\n\nOne & two.\n\nhttp://a.example/#b\n\nApp\n',
      html: expect.stringContaining('<p>Hello &#60;ada&#62;,</p>\n<p>One &#38; two.</p>') as string,
    });
  });

  it('lists the mails to one address, however its letters are written', async () => {
    await send('ada@example.com', 'to ada');
    await send('bob@example.com', 'to bob');
    expect(await subjects('?to=Bob@Example.com')).toEqual(['to bob']);
    expect(await subjects('?to=nobody@example.com')).toEqual([]);
    const { body } = await app.agent().get('/dev/mail?from=x').expect(400);
    expect(body).toMatchObject({ code: 'validation_failed', issues: [{ path: 'from', code: 'unknown_field' }] });
  });

  it('deletes every mail on DELETE', async () => {
    await send('ada@example.com', 'one');
    await app.agent().delete('/dev/mail').expect(204);
    expect(await subjects()).toEqual([]);
    expect(await readdir(join(folder, 'mail'))).toEqual([]);
  });

  it('survives a restart, and ignores other files', async () => {
    await send('ada@example.com', 'kept');
    await writeFile(join(folder, 'mail', 'notes.txt'), 'x');
    const again = await startTestApp(settings(), { features: [MailboxModule] });
    const { body } = await again.agent().get('/dev/mail').expect(200);
    await again.close();
    expect(body.items).toMatchObject([{ subject: 'kept' }]);
    await rm(join(folder, 'mail', 'notes.txt'));
  });

  it('has a page that shows what arrived, with links and without markup of its own, and a sample of every mail', async () => {
    await send('ada@example.com', 'a <b>subject</b>');
    const page = await app
      .agent()
      .get('/dev/mailbox')
      .expect(200)
      .expect('Content-Type', /^text\/html/);
    expect(page.text).toContain('a &#60;b&#62;subject&#60;/b&#62;');
    expect(page.text).toContain('<a href="http://a.example/#b">http://a.example/#b</a>');
    expect(page.text).toContain('Hello &#60;ada&#62;,');
    for (const kind of NOTICE_KINDS) expect(page.text).toContain(`<summary>${kind}: `);
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
  });

  it.each(['localhost:3000', '127.0.0.1', '[::1]:3000'])('responds on %s', async (host) => {
    expect((await app.agent().get('/dev/mail').set('Host', host)).status).toBe(200);
  });

  it.each(['app.example.com', 'localhost.example.com', '192.168.1.2:3000', '127.0.0.1.example.com'])(
    'is not found on %s',
    async (host) => {
      for (const path of ['/dev/mail', '/dev/mailbox']) {
        expectError(await app.agent().get(path).set('Host', host), 'not_found');
      }
      expectError(await app.agent().delete('/dev/mail').set('Host', host), 'not_found');
    },
  );

  it('cannot be emptied by a page of another site', async () => {
    await send('ada@example.com', 'one');
    expectError(await app.agent().delete('/dev/mail').set('Sec-Fetch-Site', 'cross-site'), 'origin_not_allowed');
    expect(await subjects()).toEqual(['one']);
  });

  it('is not in the OpenAPI document', async () => {
    const { body } = await app.agent().get('/openapi.json').expect(200);
    expect(Object.keys(body.paths as object).filter((path) => path.startsWith('/dev'))).toEqual([]);
  });
});

describe('an app that sends its mails to a server', () => {
  it('has no mailbox', async () => {
    const other = await startTestApp({ ...settings(), MAIL_URL: 'smtp://127.0.0.1:9' });
    expectError(await other.agent().get('/dev/mail'), 'not_found');
    expectError(await other.agent().get('/dev/mailbox'), 'not_found');
    await other.close();
  });
});
