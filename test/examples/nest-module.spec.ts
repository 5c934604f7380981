import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NotesModule } from '../../examples/nest-module/notes.module.js';
import { loginAs } from '../support/accounts.js';
import { expectError } from '../support/expect-error.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('the resource in one file', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({}, { features: [NotesModule] });
  });
  afterAll(() => app.close());

  it('shows users their own notes', async () => {
    const [ada, bob] = [await loginAs(app), await loginAs(app)];
    const { body: note } = await ada.post('/notes').send({ text: 'mine' }).expect(201);
    expect((await ada.get('/notes').expect(200)).body).toEqual({ items: [note] });
    expect((await bob.get('/notes').expect(200)).body).toEqual({ items: [] });
  });

  it('rejects guests and invalid input without code of its own', async () => {
    expectError(await app.agent().get('/notes'), 'not_signed_in');
    const ada = await loginAs(app);
    const { body } = await ada.post('/notes').send({ text: '', more: 1 }).expect(400);
    expect(body.issues.map(({ path, code }: { path: string; code: string }) => [path, code])).toEqual([
      ['text', 'too_short'],
      ['more', 'unknown_field'],
    ]);
  });

  it('is in the OpenAPI document', async () => {
    const { body } = await app.agent().get('/openapi.json');
    expect(Object.keys(body.paths['/notes'])).toEqual(['get', 'post']);
    expect(Object.keys(body.paths['/notes'].post.responses)).toEqual(expect.arrayContaining(['201', '400', '401']));
  });
});
