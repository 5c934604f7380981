import { Secret, TOTP } from 'otpauth';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signUp, type Credentials } from '../support/accounts.js';
import { fillLogin, launchBrowser, logIn, logOut, openDevice } from '../support/browser.js';
import { freePort } from '../support/ports.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const STEP_MS = 30_000;

describe('a second factor and passkeys in the browser', () => {
  let app: TestApp;
  let browser: Browser;
  let origin: string;
  beforeAll(async () => {
    const port = await freePort();
    // Browsers support passkeys on a host name only.
    origin = `http://localhost:${port}`;
    const DATA_KEYS = `k1:${'data-key-for-tests-'.repeat(2)}`;
    const settings = { PORT: String(port), FRONTEND_URL: origin, DATA_KEYS };
    [app, browser] = await Promise.all([startTestApp(settings), launchBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  const card = (page: Page, name: string) => page.getByRole('region', { name });
  const open = () => openDevice(browser, app, { baseURL: origin, visits: [origin] });

  async function account(page: Page): Promise<Credentials> {
    const credentials = await signUp(app);
    await logIn(page, credentials);
    await page.goto('/#/account');
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    return credentials;
  }

  /** Turns codes on in the account. @returns the secret and the recovery codes that the page shows */
  async function turnOn(page: Page): Promise<{ secret: string; codes: string[] }> {
    const factor = card(page, 'Second factor');
    await factor.getByRole('button', { name: 'Turn on' }).click();
    await factor.getByAltText('QR code').waitFor();
    const secret = await factor.locator('code.secret').innerText();
    await factor.getByLabel('Code from the app').fill(codeOf(secret));
    await factor.getByRole('button', { name: 'Turn on' }).click();
    await factor.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
    return { secret, codes: await factor.locator('ol code').allInnerTexts() };
  }

  /** The enrolment used up the present step; the server also accepts the next one. */
  const codeOf = (secret: string, steps = 0): string =>
    new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate({
      timestamp: Date.now() + steps * STEP_MS,
    });

  /** The current session as the server returns it. */
  async function session(page: Page): Promise<{ aal: number; amr: string[] }> {
    const response = await page.request.get(`${origin}/users/me`);
    return ((await response.json()) as { session: { aal: number; amr: string[] } }).session;
  }

  async function addAuthenticator(page: Page): Promise<{ cdp: CDPSession; authenticatorId: string }> {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return { cdp, authenticatorId };
  }

  it('are turned on with a QR code or a text key, and required at the next sign-in', async () => {
    const page = await open();
    const credentials = await account(page);
    const { secret, codes } = await turnOn(page);
    expect(codes).toHaveLength(10);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download codes' }).click();
    expect((await download).suggestedFilename()).toBe('recovery-codes.txt');

    await logOut(page);
    await page.goto('/#/login');
    await fillLogin(page, credentials);
    const field = page.getByLabel('Code from your authenticator app');
    await field.waitFor();
    expect(await field.getAttribute('autocomplete')).toBe('one-time-code');
    await field.fill('000000');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.locator('.field-error').getByText(/code/i).waitFor();
    await field.fill(codeOf(secret, 1));
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText(`Welcome, ${credentials.username}`).waitFor();
  });

  it('accept a recovery code when the phone is lost, by keyboard alone', async () => {
    const page = await open();
    const credentials = await account(page);
    const { codes } = await turnOn(page);
    await logOut(page);
    await page.goto('/#/login');
    await fillLogin(page, credentials);
    await page.getByLabel('Code from your authenticator app').waitFor();
    await page.getByRole('link', { name: 'Use a recovery code' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Recovery code').waitFor();
    await page.keyboard.type(codes[0]!.toLowerCase());
    await page.keyboard.press('Enter');
    await page.getByText(`Welcome, ${credentials.username}`).waitFor();
    expect(await session(page)).toMatchObject({
      aal: 2,
      amr: expect.arrayContaining(['pwd', 'otp', 'mfa']) as string[],
    });
  });

  it('add a passkey, sign in with it, rename and remove it', async () => {
    const page = await open();
    const { cdp, authenticatorId } = await addAuthenticator(page);
    const { username } = await account(page);
    const passkeys = card(page, 'Passkeys');
    await passkeys.getByRole('button', { name: 'Add a passkey' }).click();
    await passkeys.getByRole('listitem').waitFor();
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
    expect(credentials).toHaveLength(1);

    await passkeys.getByRole('button', { name: /^Rename/ }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('My laptop');
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    await passkeys.getByText('My laptop').waitFor();

    await logOut(page);
    await page.goto('/#/login');
    // The virtual authenticator responds at once, to the browser's suggestion or to the button.
    await page
      .getByRole('button', { name: 'Sign in with a passkey' })
      .click({ timeout: 3_000 })
      .catch(() => undefined);
    await page.getByText(`Welcome, ${username}`).waitFor();

    await page.goto('/#/account');
    await passkeys.getByRole('button', { name: 'Remove My laptop' }).click();
    await passkeys.getByRole('listitem').waitFor({ state: 'detached' });
  });

  it('accept a passkey as the second step of a sign-in', async () => {
    const page = await open();
    const { cdp, authenticatorId } = await addAuthenticator(page);
    const credentials = await account(page);
    await turnOn(page);
    const passkeys = card(page, 'Passkeys');
    await passkeys.getByRole('button', { name: 'Add a passkey' }).click();
    await passkeys.getByRole('listitem').waitFor();
    await logOut(page);
    // The sign-in page suggests passkeys, and this authenticator would respond at once.
    await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: false });
    await page.goto('/#/login');
    await fillLogin(page, credentials);
    await page.getByLabel('Code from your authenticator app').waitFor();
    await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: true });
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.getByText(`Welcome, ${credentials.username}`).waitFor();
    expect(await session(page)).toMatchObject({ aal: 2, amr: expect.arrayContaining(['pwd', 'pop']) as string[] });
  });

  it('say on an IP address that passkeys need a host name', async () => {
    const page = await openDevice(browser, app);
    await page.goto('/#/login');
    await page.getByText('Passkeys need a host name').waitFor();
    expect(await page.getByRole('button', { name: 'Sign in with a passkey' }).count()).toBe(0);
  });
});
