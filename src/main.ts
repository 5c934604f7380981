import './bounded-heap.js';
import 'reflect-metadata';
import { serve } from './app.bootstrap.js';
import { loadConfig } from './config/app.config.js';
import { StartProblem } from './config/start-problem.js';

try {
  await serve(loadConfig(process.env));
} catch (error) {
  console.error(error instanceof StartProblem ? error.message : error);
  process.exit(1);
}
