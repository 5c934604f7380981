import './bounded-heap.js';
import 'reflect-metadata';
import { serve } from './app.bootstrap.js';
import { ConfigError, loadConfig } from './config/app.config.js';

try {
  await serve(loadConfig(process.env));
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
