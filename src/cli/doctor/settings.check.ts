import { ConfigError, loadConfig, type AppConfig } from '../../config/app.config.js';
import { SETTING_NAMES } from '../../config/env.schema.js';
import { SECRET_SETTINGS } from '../../config/secret-files.js';
import { terminal } from '../terminal.js';
import { failed, warning, type Problem } from './check.types.js';

export interface Settings {
  config: AppConfig;
  environment: NodeJS.ProcessEnv;
}

/** The settings as the app would read them, or the problems that stop its start. */
export async function readSettings(): Promise<Settings | Problem[]> {
  try {
    const environment = await terminal().environment();
    return { config: loadConfig(environment), environment };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((line) =>
      failed('setting_invalid', line, 'Correct it; docs/operations.md lists every setting and what it accepts.'),
    );
  }
}

/** Variables whose names are almost a setting's: `SESSION_SECRET`, `COOKIE_SAME_SITE`. */
export function misspelledSettings(_config: AppConfig, environment: NodeJS.ProcessEnv): Problem[] {
  const known = new Set<string>([...SETTING_NAMES, ...SECRET_SETTINGS.map((name) => `${name}_FILE`)]);
  const compound = SETTING_NAMES.filter((name) => name.includes('_'));
  return Object.keys(environment).flatMap((name) => {
    const meant = known.has(name) ? undefined : compound.find((setting) => bare(setting) === bare(name));
    if (!meant) return [];
    return [warning('setting_misspelled', `${name} is set, but no setting has this name`, `Rename it to ${meant}.`)];
  });
}

const bare = (name: string): string => name.toUpperCase().replaceAll('_', '').replace(/S$/, '');
