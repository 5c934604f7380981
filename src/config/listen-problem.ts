import { ConfigError } from './app.config.js';

const NO_ADDRESS = 'HOST must be an address of this machine, or a name of one';

/** By the system's name of the error; PORT stands for whichever setting names the port. */
const PROBLEMS: Record<string, string> = {
  EADDRINUSE: 'PORT is in use by another process',
  EACCES: 'PORT may not be opened by this user',
  EADDRNOTAVAIL: NO_ADDRESS,
  ENOTFOUND: NO_ADDRESS,
  EAI_AGAIN: NO_ADDRESS,
};

/** What the settings have to do with an error of `listen`: the error itself where they have nothing. */
export function listenProblem(error: unknown, portSetting = 'PORT'): unknown {
  const problem = PROBLEMS[(error as NodeJS.ErrnoException).code ?? ''];
  return problem ? new ConfigError([problem.replace('PORT', portSetting)]) : error;
}
