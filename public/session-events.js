/** How long to wait when the server has been asked already and still gives no stream. */
const RETRY_MS = 10_000;

/**
 * The server's own news about this session (`GET /sessions/current/events`). Open only while the page is looked at:
 * browsers allow six connections to a host over all their tabs, and a hidden page asks again when it is shown.
 * @param ended called with `{code, reason?}`
 * @param lost called when nobody knows whether the session is still there
 */
export function openEvents({ ended, lost }) {
  let source;
  let wanted = false;
  let failures = 0;
  let waiting;

  function connect() {
    if (source || !wanted || document.hidden) return;
    source = new EventSource('/sessions/current/events');
    source.addEventListener('session_ended', ({ data }) => {
      close();
      void ended(JSON.parse(data));
    });
    source.addEventListener('open', () => (failures = 0));
    source.addEventListener('error', () => {
      // Otherwise EventSource tries again by itself.
      if (source?.readyState !== EventSource.CLOSED) return;
      disconnect();
      retry();
    });
  }

  function retry() {
    clearTimeout(waiting);
    waiting = setTimeout(() => void lost(), failures === 0 ? 0 : RETRY_MS);
    failures += 1;
  }

  function disconnect() {
    clearTimeout(waiting);
    source?.close();
    source = undefined;
  }

  function open() {
    wanted = true;
    connect();
  }

  function close() {
    wanted = false;
    disconnect();
  }

  document.addEventListener('visibilitychange', () => (document.hidden ? disconnect() : connect()));
  window.addEventListener('pagehide', disconnect);
  window.addEventListener('pageshow', ({ persisted }) => persisted && connect());
  return { open, retry, close };
}
