import { ConfigError } from './app.config.js';

/**
 * Handles a rejection of `listen`: names the setting that caused it, if one did.
 * @throws {ConfigError} or the error itself
 */
export function explainListenError(portSetting: 'PORT' | 'METRICS_PORT'): (error: unknown) => never {
  return (error) => {
    const problem = problemOf((error as NodeJS.ErrnoException).code, portSetting);
    throw problem ? new ConfigError([problem]) : error;
  };
}

function problemOf(code: string | undefined, portSetting: string): string | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return `${portSetting} is in use by another process`;
    case 'EACCES':
      return `${portSetting} may not be opened by this user`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'HOST must be an address of this machine, or a name of one';
    default:
      return undefined;
  }
}
