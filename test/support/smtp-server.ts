import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';

/** A phase of the protocol that the server can be told to fail in. */
export type SmtpPhase = 'greeting' | 'auth' | 'mail' | 'rcpt' | 'data';

/** A mail as it arrived. */
export interface ArrivedMail extends ParsedMail {
  /** Recipients of the envelope, which decides where a mail goes. */
  envelopeTo: string[];
  /** Whether the connection was encrypted. */
  encrypted: boolean;
  /** The user that signed in, if one did. */
  signedInAs?: string;
}

interface Fault {
  phase: SmtpPhase;
  status: number;
  /** How many times; without end by default. */
  times: number;
}

interface Options extends Partial<Pick<SMTPServerOptions, 'secure' | 'key' | 'cert' | 'hideSTARTTLS'>> {
  host?: string;
  port?: number;
  /** Required of clients where it is set. */
  login?: { user: string; pass: string };
  /** How long the server takes to accept a mail. */
  delayMs?: number;
}

/** A real SMTP server on a free port of 127.0.0.1 that keeps what arrives. */
export class SmtpServer {
  readonly mails: ArrivedMail[] = [];
  /** Raw text of the same mails. */
  readonly raw: string[] = [];
  private readonly arrivals = new EventEmitter();
  private readonly faults: Fault[] = [];
  private cut = 0;

  private constructor(
    private readonly server: SMTPServer,
    readonly port: number,
    private readonly host: string,
  ) {
    this.arrivals.setMaxListeners(0);
  }

  static async start({ host = '127.0.0.1', port = 0, login, delayMs = 0, ...tls }: Options = {}): Promise<SmtpServer> {
    let self: SmtpServer;
    const server = new SMTPServer({
      ...tls,
      hideSTARTTLS: tls.hideSTARTTLS ?? !tls.cert,
      allowInsecureAuth: true,
      authOptional: !login,
      disabledCommands: login ? [] : ['AUTH'],
      disableReverseLookup: true,
      logger: false,
      onConnect: (_session, done) => done(self.faultAt('greeting')),
      onAuth: ({ username, password }, _session, done) => {
        const fault = self.faultAt('auth');
        const right = username === login?.user && password === login?.pass;
        if (fault ?? !right) return done(fault ?? smtpError(535));
        done(null, { user: username });
      },
      onMailFrom: (_address, _session, done) => done(self.faultAt('mail')),
      onRcptTo: (_address, _session, done) => done(self.faultAt('rcpt')),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          setTimeout(() => void self.take(Buffer.concat(chunks), session).then(() => done(), done), delayMs);
        });
      },
    });
    // Some tests disconnect the client.
    server.on('error', () => undefined);
    server.listen(port, host);
    await once(server.server, 'listening');
    self = new SmtpServer(server, (server.server.address() as AddressInfo).port, host);
    return self;
  }

  /** For MAIL_URL. */
  get url(): string {
    return `smtp://${this.host}:${this.port}`;
  }

  /** Settings that turn mail on with this server. */
  get settings(): NodeJS.ProcessEnv {
    return { MAIL_URL: this.url, MAIL_FROM: 'app@example.com', FRONTEND_URL: 'https://app.example.com' };
  }

  /** Rejects the phase with this status: the next `times` times, or until `heal`. */
  fail(phase: SmtpPhase, status: number, times = Number.POSITIVE_INFINITY): void {
    this.faults.push({ phase, status, times });
  }

  /** Takes the next `times` mails, then cuts the connection instead of confirming them. */
  cutAfterData(times = 1): void {
    this.cut = times;
  }

  heal(): void {
    this.faults.length = 0;
    this.cut = 0;
  }

  /** Waits for the next mail to this address that no call has returned yet, in the order of arrival. */
  async mailTo(address: string, subject: string | RegExp = ''): Promise<ArrivedMail> {
    for (;;) {
      const index = this.mails.findIndex(
        (mail) => !this.returned.has(mail) && mail.envelopeTo.includes(address) && matches(mail.subject ?? '', subject),
      );
      const found = this.mails[index];
      if (found) {
        this.returned.add(found);
        return found;
      }
      await once(this.arrivals, 'mail');
    }
  }

  /** Stops listening and cuts every connection; `mails` stays. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private readonly returned = new Set<ArrivedMail>();

  private faultAt(phase: SmtpPhase): Error | null {
    const fault = this.faults.find((one) => one.phase === phase && one.times > 0);
    if (!fault) return null;
    fault.times -= 1;
    return smtpError(fault.status);
  }

  private async take(raw: Buffer, session: SMTPServerSession): Promise<void> {
    const fault = this.faultAt('data');
    if (fault) throw fault;
    const mail = await simpleParser(raw);
    const envelopeTo = session.envelope.rcptTo.map(({ address }) => address);
    const signedInAs = session.user as string | undefined;
    this.raw.push(raw.toString());
    this.mails.push(Object.assign(mail, { envelopeTo, encrypted: session.secure, signedInAs }));
    this.arrivals.emit('mail');
    if (this.cut-- > 0) for (const connection of this.server.connections) connection.close();
  }
}

const smtpError = (responseCode: number): Error => Object.assign(new Error('told to'), { responseCode });

const matches = (text: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
