import { api } from '../api.js';
import { el } from '../dom.js';
import { signInMethods } from '../sign-in-methods.js';
import { activitySection } from './account/activity.js';
import { deleteSection } from './account/delete.js';
import { emailSection } from './account/email.js';
import { identitiesSection } from './account/identities.js';
import { passkeysSection } from './account/passkeys.js';
import { passwordSection } from './account/password.js';
import { secondFactorSection } from './account/second-factor.js';
import { sessionsSection } from './account/sessions.js';

/** A card that the server has no routes for is left out. */
export async function accountView({ query, user }) {
  const [ways, methods] = await Promise.all([api('GET', '/users/me/identities'), signInMethods()]);
  const sessions = await sessionsSection();
  const changed = sessions.refresh;
  const secondFactor = await secondFactorSection({ available: methods.totp, changed });
  const [activity, email, passkeys] = await Promise.all([
    activitySection(),
    methods.emailVerification ? emailSection() : [],
    methods.passkeys ? passkeysSection({ changed: secondFactor.refresh }) : [],
  ]);
  const identities = identitiesSection({ providers: methods.providers, ways, error: query.get('error') });
  const password = passwordSection({ user, ways, changed });
  const sections = [sessions.node, activity, email, secondFactor.node, passkeys, identities, password, deleteSection()];
  return { title: 'Account', node: el('div', {}, el('h1', {}, 'Your account'), sections.flat()) };
}
