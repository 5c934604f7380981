// @ts-check
import { apiClient } from '../client/client.js';
import { fetchWithJar } from './cookie-jar.js';

const { API_URL = 'http://localhost:3000', COOKIE_JAR = '.session.json' } = process.env;
const api = apiClient(API_URL, fetchWithJar(COOKIE_JAR));

/** @type {Record<string, (username: string, password: string) => Promise<string>>} */
const commands = {
  async 'sign-up'(username, password) {
    const { data, error } = await api.POST('/users/signup', { body: { username, password } });
    return data ? `signed up as ${data.userName}` : fail(error);
  },
  async 'sign-in'(username, password) {
    const { data, error } = await api.POST('/users/login', { body: { username, password } });
    return data ? `signed in until ${data.session.absoluteExpiresAt} at the latest` : fail(error);
  },
  async whoami() {
    const { data, error } = await api.GET('/users/me');
    return data ? `${data.userName}, on ${data.session.device.label}` : fail(error);
  },
  async 'sign-out'() {
    const { data, error } = await api.POST('/users/logout');
    return data ? data.msg : fail(error);
  },
};

/**
 * @param {import('../client/schema.js').components['schemas']['Error']} error
 * @returns {never}
 */
function fail({ code, reason, issues = [] }) {
  throw new Error(
    [code, reason, ...issues.map(({ path, message }) => `${path}: ${message}`)].filter(Boolean).join('; '),
  );
}

const [command = '', username = '', password = ''] = process.argv.slice(2);
const run = commands[command];
try {
  if (!run) throw new Error(`usage: app.js ${Object.keys(commands).join('|')}`);
  console.log(await run(username, password));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
