import { CookieJar } from 'tough-cookie';

/** A minimal browser for sign-ins by a provider: cookies per site, and redirects that tests can inspect one by one. */
export class Visitor {
  private readonly jar = new CookieJar();

  constructor(private readonly app: string) {}

  get(address: string): Promise<Response> {
    return this.send('GET', address);
  }

  head(address: string): Promise<Response> {
    return this.send('HEAD', address);
  }

  /** Submits a form, as on the pages of a provider. */
  submit(address: string, fields: Record<string, string>): Promise<Response> {
    return this.send('POST', address, { body: new URLSearchParams(fields) });
  }

  /** Sends JSON with POST, as the app expects. */
  post(address: string, body?: object): Promise<Response> {
    return this.sendJson('POST', address, body);
  }

  /** Sends JSON with PUT. */
  put(address: string, body: object): Promise<Response> {
    return this.sendJson('PUT', address, body);
  }

  delete(address: string): Promise<Response> {
    return this.send('DELETE', address);
  }

  /** The URL to which the app redirects for a sign-in at this provider. */
  async leave(provider: string, query = ''): Promise<string> {
    const answer = await this.get(`/auth/${provider}${query}`);
    return answer.headers.get('location')!;
  }

  /** Completes the pages of a provider. @returns the URL of the app to which it redirects */
  async signInThere(location: string, login: string): Promise<string> {
    return this.walk(await this.get(location), login);
  }

  /** Denies consent there. @returns the URL of the app to which it redirects */
  async cancelThere(location: string): Promise<string> {
    const page = await this.get(location);
    return this.walk(await this.get(`${new URL(page.headers.get('location')!, page.url).href}/abort`), '');
  }

  /** The complete sign-in at the provider. @returns the app's last response */
  async signIn(provider: string, login: string, query = ''): Promise<Response> {
    return this.get(await this.signInThere(await this.leave(provider, query), login));
  }

  /** The value of a cookie of the app. */
  async cookie(name: string): Promise<string | undefined> {
    const cookies = await this.jar.getCookies(this.app);
    return cookies.find(({ key }) => key === name)?.value;
  }

  /** Clears the cookies of a provider, so that the next sign-in there can be another user's. */
  async forget(issuer: string): Promise<void> {
    const { hostname } = new URL(issuer);
    await this.jar.store.removeCookies(hostname, null);
  }

  async setCookie(name: string, value: string): Promise<void> {
    await this.jar.setCookie(`${name}=${value}; Path=/`, this.app);
  }

  private async walk(answer: Response, login: string): Promise<string> {
    const location = answer.headers.get('location');
    if (location === null) return this.walk(await this.fillIn(answer, login), login);
    const next = new URL(location, answer.url).href;
    return next.startsWith(this.app) ? next : this.walk(await this.get(next), login);
  }

  private async fillIn(page: Response, login: string): Promise<Response> {
    const html = await page.text();
    const [, action] = /<form [^>]*action="([^"]+)"/.exec(html) ?? [];
    const [, prompt] = /name="prompt" value="(\w+)"/.exec(html) ?? [];
    if (!action || !prompt) throw new Error(`no form on ${page.url}: ${html.slice(0, 500)}`);
    return this.submit(action, { prompt, ...(prompt === 'login' && { login, password: 'any' }) });
  }

  private sendJson(method: string, address: string, body?: object): Promise<Response> {
    const json = body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
    return this.send(method, address, json);
  }

  private async send(method: string, address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address, this.app).href;
    const headers = new Headers(init.headers);
    headers.set('Cookie', await this.jar.getCookieString(url));
    const answer = await fetch(url, { ...init, method, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) await this.jar.setCookie(line, url);
    return answer;
  }
}
