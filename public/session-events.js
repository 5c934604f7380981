/** The delay before the next attempt to open a stream. */
const RETRY_MS = 10_000;

/**
 * Listens to the events of this session (`GET /sessions/current/events`) while the page is visible. Browsers allow six connections
 * to a host for all tabs, and a hidden page checks the session when it is shown again.
 * @param ended called with `{code, reason?}`
 * @param lost called when the state of the session is unknown
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
      // Otherwise EventSource reconnects by itself.
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
