import './v8-flags.js';
import 'reflect-metadata';
import { serve } from './app.bootstrap.js';
import { loadConfig } from './config/app.config.js';
import { exitWithError } from './config/startup-error.js';

// Express and others read it too: a server whose environment was not set up is a production server.
process.env.NODE_ENV ||= 'production';

try {
  await serve(loadConfig(process.env));
} catch (error) {
  exitWithError(error);
}
