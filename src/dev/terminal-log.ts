import type { DestinationStream } from 'pino';

/**
 * The log of `npm start`: readable lines in a terminal, JSON anywhere else (undefined, the default of createLogger).
 * pino-pretty is a development dependency and loaded only when a person reads the log.
 */
export async function terminalLog(
  stdout: NodeJS.WritableStream & { isTTY?: boolean } = process.stdout,
): Promise<DestinationStream | undefined> {
  if (!stdout.isTTY) return undefined;
  const { default: pretty } = await import('pino-pretty');
  return pretty({
    destination: stdout,
    messageKey: 'message',
    singleLine: true,
    sync: true,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'requestId',
  });
}
