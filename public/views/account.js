import { el } from '../dom.js';
import { activitySection } from './account/activity.js';
import { deleteSection } from './account/delete.js';
import { passwordSection } from './account/password.js';
import { sessionsSection } from './account/sessions.js';

export async function accountView() {
  const [sessions, activity] = await Promise.all([sessionsSection(), activitySection()]);
  const sections = [sessions.node, activity, passwordSection({ changed: sessions.refresh }), deleteSection()];
  return { title: 'Account', node: el('div', {}, el('h1', {}, 'Your account'), sections) };
}
