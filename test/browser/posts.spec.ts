import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loginAs, signUp } from '../support/accounts.js';
import { fillLogin, launchBrowser, logIn, openDevice, publish, register } from '../support/browser.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const header = (page: Page): Promise<string[]> => page.locator('nav').locator('a, button').allInnerTexts();

describe('posts in the browser', () => {
  let app: TestApp;
  let browser: Browser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  it('shows guests how to sign in, and members their username and actions', async () => {
    const page = await openDevice(browser, app);
    await page.goto('/');
    await page.getByRole('link', { name: 'Register' }).waitFor();
    expect(await header(page)).toEqual(['Login', 'Register']);
    const account = await register(page);
    await fillLogin(page, account);
    await page.getByText(`Welcome, ${account.username}`).waitFor();
    expect(await header(page)).toEqual([`Welcome, ${account.username}`, 'New Post', 'Logout']);
    await page.reload();
    await page.getByText(`Welcome, ${account.username}`).waitFor();
    await page.getByRole('button', { name: 'Logout' }).click();
    await page.getByRole('link', { name: 'Login' }).waitFor();
    expect(await header(page)).toEqual(['Login', 'Register']);
  });

  it('redirects a guest from New Post to the sign-in and back', async () => {
    const page = await openDevice(browser, app);
    const account = await signUp(app);
    await page.goto('/#/posts/new');
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    expect(await page.getByLabel('Title').count()).toBe(0);
    await fillLogin(page, account);
    await page.getByLabel('Title').waitFor();
    expect(new URL(page.url()).hash).toBe('#/posts/new');
  });

  it('lets a member publish, edit and delete a post', async () => {
    const page = await openDevice(browser, app);
    await logIn(page, await signUp(app));
    await publish(page, 'On sessions', 'They end.\nOr they are ended.');
    await page.getByRole('link', { name: 'Edit' }).click();
    expect(await page.getByLabel('Content').inputValue()).toBe('They end.\nOr they are ended.');
    await page.getByLabel('Title').fill('On cookies');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByRole('heading', { name: 'On cookies' }).waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete post' }).click();
    await page.getByRole('heading', { name: 'Latest posts' }).waitFor();
    expect(await page.getByText('On cookies').count()).toBe(0);
  });

  it('shows the actions of a post only to its author', async () => {
    const page = await openDevice(browser, app);
    const author = await loginAs(app);
    const { body } = await author.post('/posts').send({ title: 'Not yours', content: 'text' });
    await logIn(page, await signUp(app));
    await page.goto(`/#/posts/${(body as { id: string }).id}`);
    await page.getByRole('heading', { name: 'Not yours' }).waitFor();
    expect(await page.getByRole('button', { name: 'Delete' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Edit' }).count()).toBe(0);
  });

  it('shows errors beside their field, and moves the focus there', async () => {
    const page = await openDevice(browser, app);
    await logIn(page, await signUp(app));
    await page.goto('/#/posts/new');
    await page.getByRole('button', { name: 'Publish' }).click();
    const title = page.getByLabel('Title');
    await expectDescribed(title, 'Please fill this in.');
    expect(await page.evaluate('document.activeElement.name')).toBe('title');
    await title.fill('x'.repeat(201));
    await page.getByLabel('Content').fill('text');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('This value is too long.').waitFor();
    await expectDescribed(title, 'This value is too long.');
    expect(await title.getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('Content').getAttribute('aria-invalid')).toBe(null);
  });

  it('shows a long list in parts, with the keyboard only', async () => {
    const page = await openDevice(browser, app);
    const author = await loginAs(app);
    for (let number = 1; number <= 25; number += 1) {
      await author
        .post('/posts')
        .send({ title: `Note ${number}`, content: 'text' })
        .expect(201);
    }
    await page.goto('/');
    const items = page.getByRole('list', { name: 'Posts' }).getByRole('listitem');
    await page.getByRole('button', { name: 'Show older posts' }).press('Enter');
    await items.nth(20).waitFor();
    expect(await items.nth(0).getByRole('heading').innerText()).toBe('Note 25');
    expect(await items.nth(24).getByRole('heading').innerText()).toBe('Note 1');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Note 5');
  });

  it('shows markup in names, titles and texts as text', async () => {
    const page = await openDevice(browser, app);
    const author = await loginAs(app);
    const payloads = [
      '<script>window.hit = 1</script>',
      '<img src=x onerror="window.hit = 1">',
      '<svg onload="window.hit = 1">',
      'javascript:window.hit=1',
      '"><iframe srcdoc="<script>parent.hit = 1</script>">',
    ];
    for (const payload of payloads) {
      const { body } = await author.post('/posts').send({ title: payload, content: payload }).expect(201);
      await page.goto(`/#/posts/${(body as { id: string }).id}`);
      await page.getByRole('heading', { name: payload, exact: true }).waitFor();
      expect(await page.locator('.content').innerText()).toBe(payload);
    }
    await page.goto('/#/');
    await page.getByRole('list', { name: 'Posts' }).waitFor();
    for (const payload of payloads) expect(await page.getByText(payload, { exact: true }).count()).toBe(2);
    expect(await page.locator('main').locator('script, img, svg, iframe').count()).toBe(0);
    expect(await page.evaluate('window.hit')).toBe(undefined);
  });

  it('reports an unknown page or post', async () => {
    const page = await openDevice(browser, app);
    for (const path of ['/#/nowhere', `/#/posts/${'0'.repeat(24)}`]) {
      await page.goto(path);
      await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
      expect(await page.title()).toBe('Not found · Commonplace');
    }
  });
});

async function expectDescribed(field: ReturnType<Page['getByLabel']>, text: string): Promise<void> {
  const ids = (await field.getAttribute('aria-describedby'))!.split(' ');
  expect(await field.page().locator(`#${ids[0]}`).innerText()).toBe(text);
}
