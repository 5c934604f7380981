/** The part of newman that the tests use; the package has no types. */
declare module 'newman' {
  interface Count {
    total: number;
    failed: number;
  }

  export interface Run {
    stats: { requests: Count; assertions: Count };
    /** The requests in order. */
    executions: { item: { name: string }; response?: { code: number } }[];
    failures: { source?: { name: string }; error: { test?: string; message: string } }[];
  }

  interface Options {
    collection: string;
    /** Runs only the folder with this name. */
    folder?: string;
    envVar: { key: string; value: string }[];
    /** Milliseconds per request. */
    timeoutRequest: number;
  }

  const newman: { run(options: Options, done: (error: Error | null, summary: { run: Run }) => void): void };
  export default newman;
}
