/** The routes of the client, its header, and the reaction to changes of the session. */
import './link.js';
import { el } from './dom.js';
import { api } from './api.js';
import { endingText, errorText } from './messages.js';
import { button, clearWarning, go, say, warn } from './page.js';
import { changing, check, session, user } from './session.js';
import { accountView } from './views/account.js';
import { editPostView } from './views/edit-post.js';
import { forgotPasswordView } from './views/forgot-password.js';
import { loginView } from './views/login.js';
import { newPostView } from './views/new-post.js';
import { postView } from './views/post.js';
import { postsView } from './views/posts.js';
import { registerView } from './views/register.js';
import { resetPasswordView } from './views/reset-password.js';
import { secondFactorView } from './views/second-factor.js';
import { undoEmailChangeView } from './views/undo-email-change.js';
import { verifyEmailView } from './views/verify-email.js';

/** Routes are fragments, so that all paths belong to the API. Routes with `members` redirect guests to the sign-in and back. */
const ROUTES = [
  { path: /^\/?$/, view: postsView },
  { path: /^\/posts\/new$/, view: newPostView, members: true },
  { path: /^\/posts\/(?<id>[\w-]+)$/, view: postView },
  { path: /^\/posts\/(?<id>[\w-]+)\/edit$/, view: editPostView, members: true },
  { path: /^\/login$/, view: loginView },
  { path: /^\/register$/, view: registerView },
  { path: /^\/forgot-password$/, view: forgotPasswordView },
  { path: /^\/reset-password$/, view: resetPasswordView },
  { path: /^\/second-factor$/, view: secondFactorView },
  { path: /^\/undo-email-change$/, view: undoEmailChangeView },
  { path: /^\/verify-email$/, view: verifyEmailView, members: true },
  { path: /^\/account$/, view: accountView, members: true },
];

const main = document.getElementById('main');
let scheduled;
let turns = 0;
let shownPath;

/** Renders once for simultaneous changes of the URL and the user. */
function refresh() {
  clearTimeout(scheduled);
  scheduled = setTimeout(() => void show());
}

/** A view returns `{title, node, focus?}`: the title of the page, its content, and the element to focus instead of the heading. */
async function show() {
  const turn = (turns += 1);
  const [path, query] = location.hash.slice(1).split('?');
  const { route, params } = match(path);
  if (route?.members && !user) return location.replace(`#/login?next=${encodeURIComponent(path)}`);
  main.ariaBusy = 'true';
  const page = await render(route, { params, query: new URLSearchParams(query), user });
  // The user has navigated meanwhile.
  if (turn !== turns) return;
  main.ariaBusy = null;
  main.replaceChildren(page.node);
  document.title = `${page.title} · Commonplace`;
  showHeader(path);
  const first = shownPath === undefined;
  focus(page.focus ?? (first ? undefined : main.querySelector('h1')));
  if (path !== shownPath) window.scrollTo(0, 0);
  shownPath = path;
}

function match(path) {
  for (const route of ROUTES) {
    const found = route.path.exec(path);
    if (found) return { route, params: { ...found.groups } };
  }
  return { params: {} };
}

async function render(route, context) {
  try {
    if (route) return await route.view(context);
  } catch (error) {
    if (error.code !== 'not_found') return failed(error);
  }
  return { title: 'Not found', node: message('Nothing here', 'There is no such page, or it was deleted.') };
}

function failed(error) {
  const node = message('That did not work', errorText(error), button('Try again', refresh, { class: 'primary' }));
  return { title: 'Error', node };
}

function message(title, text, ...more) {
  return el('section', { class: 'empty' }, el('h1', {}, title), el('p', { class: 'muted' }, text), more);
}

function focus(element) {
  if (!element) return;
  if (element.matches('h1')) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

function showHeader(path) {
  const link = (href, text, props) =>
    el('a', { href: `#${href}`, 'aria-current': path === href && 'page', ...props }, text);
  const items = user
    ? [
        link('/account', `Welcome, ${user.userName}`, { class: 'who', title: 'Your account' }),
        link('/posts/new', 'New Post', { class: 'button' }),
        button('Logout', logOut, { class: 'quiet' }),
      ]
    : [link('/login', 'Login'), link('/register', 'Register', { class: 'button' })];
  document.getElementById('nav').replaceChildren(...items);
}

async function logOut() {
  await changing(() => api('POST', '/users/logout'), { signsOut: true });
  say('You have logged out.');
  go('/');
}

session.addEventListener('changed', () => {
  if (user) clearWarning();
  refresh();
});
session.addEventListener('ended', ({ detail }) => warn(endingText(detail)));
window.addEventListener('hashchange', refresh);
document.getElementById('skip').addEventListener('click', () => focus(main.querySelector('h1')));

await check();
await show();
