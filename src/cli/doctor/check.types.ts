import type { Db } from 'mongodb';
import type { RedisClientType } from 'redis';
import type { AppConfig } from '../../config/app.config.js';

/** A finding and what to do about it. Neither text ever holds a secret. */
export interface Problem {
  /** For programs; stable, unlike the texts. */
  code: string;
  severity: 'failed' | 'warning';
  message: string;
  advice: string;
}

/** Must be fixed. */
export const failed = (code: string, message: string, advice: string): Problem => ({
  code,
  severity: 'failed',
  message,
  advice,
});

/** May be intended. */
export const warning = (code: string, message: string, advice: string): Problem => ({
  code,
  severity: 'warning',
  message,
  advice,
});

export interface SettingsCheck {
  name: string;
  find: (config: AppConfig, environment: NodeJS.ProcessEnv) => Problem[] | Promise<Problem[]>;
}

export interface DatabaseCheck {
  name: string;
  find: (db: Db, config: AppConfig) => Promise<Problem[]>;
}

export interface RedisCheck {
  name: string;
  find: (client: RedisClientType) => Promise<Problem[]>;
}
