import type { Db } from 'mongodb';
import type { AppConfig } from '../../config/app.config.js';
import { failed, warning, type Problem } from './check.types.js';

const TIME_LIMIT_MS = 20_000;

/** TOTP secrets that DATA_KEYS cannot decrypt, and those that an older key still encrypts. */
export async function dataKeyProblems(db: Db, { dataKeys }: AppConfig): Promise<Problem[]> {
  const counts = [
    { $match: { totpSecret: { $exists: true } } },
    { $group: { _id: '$totpSecret.keyId', accounts: { $sum: 1 } } },
    { $sort: { _id: 1 } },
  ];
  const found = await db.collection('users').aggregate<Count>(counts, { maxTimeMS: TIME_LIMIT_MS }).toArray();
  const ids = dataKeys.map(({ id }) => id);
  return found.flatMap((count) => {
    if (!ids.includes(count._id)) return [missing(count)];
    return count._id === ids[0] ? [] : [old(count)];
  });
}

interface Count {
  /** The key's id. */
  _id: string;
  accounts: number;
}

const missing = ({ _id: key, accounts }: Count): Problem =>
  failed(
    'data_key_missing',
    `DATA_KEYS lacks the key ${key}, which encrypts the TOTP secret of ${accounts} account${accounts === 1 ? '' : 's'}`,
    'Put it back behind the newest key, under its id: until then these accounts can use recovery codes and passkeys only.',
  );

const old = ({ _id: key, accounts }: Count): Problem =>
  warning(
    'data_key_old',
    `The older key ${key} of DATA_KEYS still encrypts the TOTP secret of ${accounts} account${accounts === 1 ? '' : 's'}`,
    'Run npm run cli -- data-keys reencrypt before you remove that key.',
  );
