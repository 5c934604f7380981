import './v8-flags.js';
import 'reflect-metadata';
import { serve } from './app.bootstrap.js';
import { loadConfig } from './config/app.config.js';
import { exitWithError } from './config/startup-error.js';

try {
  await serve(loadConfig(process.env));
} catch (error) {
  exitWithError(error);
}
