/**
 * The links in mails, and the way back from a provider, lead to a path of their own with a secret in the fragment. The
 * first import of app.js: the secret leaves the address bar, and with it the history, before anything else runs.
 */
const PATHS = ['/reset-password', '/verify-email', '/undo-email-change', '/second-factor'];

/** `{path, secret}` of the link that opened this page; empty otherwise. A reload loses it: then the link is opened again. */
export const link = takeLink();

function takeLink() {
  const { pathname, hash } = location;
  if (!PATHS.includes(pathname)) return {};
  history.replaceState(null, '', `/#${pathname}`);
  return { path: pathname, secret: decodeURIComponent(hash.slice(1)) };
}

/** @returns the secret of a link to this path */
export const secretOf = (path) => (link.path === path ? link.secret : undefined);
