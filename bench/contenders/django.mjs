import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { preparePython } from '../python.mjs';
import { SECRET, benchFile, credentials, post } from './shared.mjs';

const run = promisify(execFile);
const FOLDER = benchFile('servers/django');
const python = (name) => join(benchFile('.venv'), 'bin', name);

export const django = {
  name: 'Django + allauth',
  database: 'django',
  command: [python('gunicorn'), '--chdir', FOLDER, '--config', join(FOLDER, 'gunicorn.conf.py')],
  env: (uri) => ({ MONGODB_URI: uri, MONGODB_DATABASE: 'django', SECRET }),
  read: '/protected',
  login: '/_allauth/app/v1/auth/login',
  credentials,
  /** Installs its packages. @returns why it cannot run here, or undefined */
  unavailable: () => preparePython(benchFile('.venv'), join(FOLDER, 'requirements.txt')),
  /** Creates its collections. */
  prepare: (uri) => django.manage(uri, 'manage.py', 'migrate', '--run-syncdb'),
  async seed(_db, { url }, count, uri) {
    await post(`${url}/_allauth/app/v1/auth/signup`, credentials(0));
    await post(url + this.login, credentials(0));
    const { stdout } = await this.manage(uri, 'copies.py', String(count));
    return stdout
      .trim()
      .split('\n')
      .map((key) => `sessionid=${key}`);
  },
  manage(uri, ...scriptAndArguments) {
    return run(python('python'), scriptAndArguments, { cwd: FOLDER, env: { ...process.env, ...this.env(uri) } });
  },
};
