import './v8-flags.js';
import 'reflect-metadata';
import { serve } from './app.bootstrap.js';
import { loadConfig } from './config/app.config.js';
import { exitWithError } from './config/startup-error.js';

// Express and other packages read NODE_ENV, too. The default is the safe one.
process.env.NODE_ENV ||= 'production';

try {
  await serve(loadConfig(process.env));
} catch (error) {
  exitWithError(error);
}
