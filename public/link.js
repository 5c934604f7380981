/**
 * Links in mails and redirects of providers have a separate path with a secret in the fragment. app.js imports this file first,
 * so that the secret is removed from the address bar and the history before other code runs.
 */
const PATHS = ['/reset-password', '/verify-email', '/undo-email-change', '/second-factor'];

/** `{path, secret}` of the link that opened this page; empty otherwise. After a reload, the user opens the link again. */
export const link = takeLink();

function takeLink() {
  const { pathname, hash } = location;
  if (!PATHS.includes(pathname)) return {};
  history.replaceState(null, '', `/#${pathname}`);
  return { path: pathname, secret: decodeURIComponent(hash.slice(1)) };
}

/** @returns the secret of a link to this path */
export const secretOf = (path) => (link.path === path ? link.secret : undefined);
