/**
 * The settings of an operator's command: the environment, as it is, in production; outside of it what `npm start` in
 * the same folder would use. Code for development is loaded there only: it may be absent in production.
 * @throws {ConfigError} when there is neither MONGODB_URI nor a running embedded database
 */
export async function commandEnvironment(): Promise<NodeJS.ProcessEnv> {
  if (process.env.NODE_ENV === 'production') return process.env;
  const { developmentEnvironment } = await import('../dev/dev-environment.js');
  return developmentEnvironment();
}
