import type { Db } from 'mongodb';
import type { RedisClientType } from 'redis';
import type { AppConfig } from '../../config/app.config.js';

/** Something that is not right, and what to do about it. Neither text ever holds a secret. */
export interface Problem {
  /** For programs; stays the same while the words change. */
  code: string;
  severity: 'failed' | 'warning';
  message: string;
  advice: string;
}

/** Must be put right. */
export const failed = (code: string, message: string, advice: string): Problem => ({
  code,
  severity: 'failed',
  message,
  advice,
});

/** May be meant. */
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
