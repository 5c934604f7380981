import { ObjectId } from 'mongodb';
import { createHmac } from 'node:crypto';
import { PASSWORD, SECRET, copies, nodeCommand, plainEnv, post, randomId, username } from './shared.mjs';

export const betterAuth = {
  name: 'Better Auth',
  database: 'better-auth',
  command: nodeCommand('servers/better-auth.mjs'),
  env: plainEnv,
  read: '/protected',
  login: '/api/auth/sign-in/email',
  credentials: (i) => ({ email: `${username(i)}@example.com`, password: PASSWORD }),
  async seed(db, { url }, count) {
    await post(`${url}/api/auth/sign-up/email`, { name: username(0), ...this.credentials(0) });
    const [user, account, session] = await Promise.all(
      ['user', 'account', 'session'].map((name) => db.collection(name).findOne()),
    );
    const users = copies(count, (i) => ({
      ...user,
      _id: i ? new ObjectId() : user._id,
      name: username(i),
      email: this.credentials(i).email,
    }));
    const others = users.slice(1);
    await db.collection('user').insertMany(others);
    const ofAccount = ({ _id }) => ({ accountId: _id.toHexString(), userId: _id });
    await db
      .collection('account')
      .insertMany(others.map((u) => ({ ...account, _id: new ObjectId(), ...ofAccount(u) })));
    const sessions = users.map(({ _id }) => ({ ...session, _id: new ObjectId(), token: randomId(), userId: _id }));
    await db.collection('session').insertMany(sessions);
    return sessions.map(({ token }) => cookieOf(token));
  },
};

function cookieOf(token) {
  const signature = createHmac('sha256', SECRET).update(token).digest('base64');
  return `better-auth.session_token=${encodeURIComponent(`${token}.${signature}`)}`;
}
