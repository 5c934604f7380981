import { el } from '../dom.js';
import { button } from '../page.js';
import { sessionCard } from './account/session-card.js';

/** After `session_limit_reached`: which of the others to end, to be logged in here. */
export function sessionChoice(sessions, end) {
  const items = sessions.map((session) =>
    sessionCard(
      session,
      button('End this one and log in', () => end(session.id)),
    ),
  );
  return el(
    'section',
    { class: 'choice' },
    el('h2', { tabindex: '-1' }, 'You are logged in on too many devices'),
    el('p', { class: 'muted' }, 'Choose a session to end.'),
    el('ul', { class: 'rows' }, items),
  );
}
