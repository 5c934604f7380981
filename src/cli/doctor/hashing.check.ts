import type { AppConfig } from '../../config/app.config.js';
import { HashQueueService } from '../../users/hash-queue.service.js';
import { PasswordHasherService } from '../../users/password-hasher.service.js';
import { failed, warning, type Problem } from './check.types.js';

/** Milliseconds: a faster hash helps an attacker who stole the hashes, a slower one helps a flood of sign-ins. */
const QUICK_MS = 60;
const GOOD_MS = 250;
const SLOW_MS = 1_000;

/** Times one hash at BCRYPT_COST on this machine. */
export async function hashingProblems(config: AppConfig): Promise<Problem[]> {
  const { bcryptCost: cost, peppers } = config.password;
  const hasher = new PasswordHasherService({ cost, peppers }, new HashQueueService(config));
  const start = performance.now();
  await hasher.hash('the time of one hash');
  return judgeHashTime(performance.now() - start, config);
}

export function judgeHashTime(tookMs: number, { password, hashMaxWaitMs }: AppConfig): Problem[] {
  const took = `One hash at BCRYPT_COST=${password.bcryptCost} takes ${Math.round(tookMs)} ms here`;
  const recommendedCost = Math.max(10, password.bcryptCost + Math.round(Math.log2(GOOD_MS / tookMs)));
  if (tookMs > hashMaxWaitMs) {
    return [
      failed('hash_longer_than_wait', `${took}, longer than HASH_MAX_WAIT`, `Set BCRYPT_COST=${recommendedCost}.`),
    ];
  }
  if (tookMs > SLOW_MS)
    return [warning('hash_too_slow', `${took}: few sign-ins a second`, `Set BCRYPT_COST=${recommendedCost}.`)];
  if (tookMs < QUICK_MS) {
    return [
      warning('hash_too_fast', `${took}: stolen hashes are guessed quickly`, `Set BCRYPT_COST=${recommendedCost}.`),
    ];
  }
  return [];
}
