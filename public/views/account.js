import { api } from '../api.js';
import { el } from '../dom.js';
import { activitySection } from './account/activity.js';
import { deleteSection } from './account/delete.js';
import { identitiesSection } from './account/identities.js';
import { passwordSection } from './account/password.js';
import { sessionsSection } from './account/sessions.js';

export async function accountView({ query }) {
  const ways = await api('GET', '/users/me/identities');
  const parts = [sessionsSection(), activitySection(), identitiesSection({ ways, error: query.get('error') })];
  const [sessions, activity, identities] = await Promise.all(parts);
  const password = passwordSection({ ways, changed: sessions.refresh });
  const sections = [sessions.node, activity, identities, password, deleteSection()].flat();
  return { title: 'Account', node: el('div', {}, el('h1', {}, 'Your account'), sections) };
}
