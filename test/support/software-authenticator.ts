import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** False claims of an authenticator or its client. The claims of omitted members are correct. */
export interface Lies {
  origin?: string;
  crossOrigin?: boolean;
  /** The client data's `type`. */
  type?: string;
  challenge?: string;
  rpId?: string;
  userPresent?: boolean;
  userVerified?: boolean;
  backupEligible?: boolean;
  backedUp?: boolean;
  counter?: number;
  /** null: none. */
  userHandle?: string | null;
  credentialId?: string;
  /** Signs with a key that belongs to no passkey. */
  foreignKey?: boolean;
  /** Attestation of a registration, in place of `none`. */
  attestation?: { fmt: string; attStmt: Map<string, unknown> };
  /** COSE algorithm that a registration claims for its key. */
  algorithm?: number;
}

interface CreationOptions {
  challenge: string;
  rp: { id: string };
  user: { id: string };
}

interface RequestOptions {
  challenge: string;
  rpId: string;
  allowCredentials?: { id: string }[];
}

interface Key {
  id: string;
  rpId: string;
  userHandle: string;
  privateKey: KeyObject;
  counter: number;
}

const FLAGS = { userPresent: 0x01, userVerified: 0x04, backupEligible: 0x08, backedUp: 0x10, attested: 0x40 };

/** A software authenticator with its browser: discoverable ES256 keys, and the false claims that tests need. */
export class SoftwareAuthenticator {
  private readonly keys: Key[] = [];

  /**
   * @param origin of the page that asks
   * @param synced whether its passkeys sync; if not, their signature counters rise with each use
   */
  constructor(
    private readonly origin: string,
    private readonly synced = true,
  ) {}

  /** `navigator.credentials.create()`, as JSON. */
  register(options: CreationOptions, lies: Lies = {}) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const id = lies.credentialId ?? randomBytes(16).toString('base64url');
    const key: Key = { id, rpId: options.rp.id, userHandle: options.user.id, privateKey, counter: 0 };
    this.keys.push(key);
    const { x, y } = publicKey.export({ format: 'jwk' });
    const cose = new Map<number, unknown>([
      [1, 2],
      [3, lies.algorithm ?? -7],
      [-1, 1],
      [-2, Buffer.from(x!, 'base64url')],
      [-3, Buffer.from(y!, 'base64url')],
    ]);
    const rawId = Buffer.from(id, 'base64url');
    const length = Buffer.alloc(2);
    length.writeUInt16BE(rawId.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, rawId, cbor(cose)]);
    const authData = Buffer.concat([this.authenticatorData(key, lies, FLAGS.attested), attested]);
    const { fmt, attStmt } = lies.attestation ?? { fmt: 'none', attStmt: new Map() };
    const attestationObject = cbor(new Map<string, unknown>(Object.entries({ fmt, attStmt, authData })));
    return {
      ...envelope(id),
      response: {
        clientDataJSON: this.clientData('webauthn.create', options.challenge, lies),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal', 'hybrid'],
      },
    };
  }

  /** `navigator.credentials.get()`, as JSON. */
  assert(options: RequestOptions, lies: Lies = {}) {
    const key = this.choose(options);
    key.counter += this.synced ? 0 : 1;
    const authenticatorData = this.authenticatorData(key, lies);
    const clientDataJSON = this.clientData('webauthn.get', options.challenge, lies);
    const hash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest();
    const privateKey = lies.foreignKey ? foreignKey() : key.privateKey;
    const signature = sign('sha256', Buffer.concat([authenticatorData, hash]), privateKey);
    const userHandle = lies.userHandle === undefined ? key.userHandle : lies.userHandle;
    return {
      ...envelope(lies.credentialId ?? key.id),
      response: {
        clientDataJSON,
        authenticatorData: authenticatorData.toString('base64url'),
        signature: signature.toString('base64url'),
        ...(userHandle !== null && { userHandle }),
      },
    };
  }

  /** A second device with the same keys, such as an attacker's copy. */
  clone(): SoftwareAuthenticator {
    const copy = new SoftwareAuthenticator(this.origin, this.synced);
    copy.keys.push(...this.keys.map((key) => ({ ...key })));
    return copy;
  }

  private choose({ rpId, allowCredentials = [] }: RequestOptions): Key {
    const allowed = allowCredentials.map(({ id }) => id);
    const fitting = this.keys.filter((key) => key.rpId === rpId && (allowed.length === 0 || allowed.includes(key.id)));
    const key = fitting.at(-1);
    if (!key) throw new Error(`no passkey for ${rpId}`);
    return key;
  }

  private authenticatorData({ rpId, counter }: Key, lies: Lies, more = 0): Buffer {
    const { userPresent = true, userVerified = true, backupEligible = this.synced, backedUp = this.synced } = lies;
    const claims = { userPresent, userVerified, backupEligible, backedUp };
    const set = Object.entries(claims).filter(([, claimed]) => claimed);
    const flags = set.reduce((bits, [name]) => bits | FLAGS[name as keyof typeof claims], more);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(lies.counter ?? counter);
    const rpIdHash = createHash('sha256')
      .update(lies.rpId ?? rpId)
      .digest();
    return Buffer.concat([rpIdHash, Buffer.from([flags]), count]);
  }

  private clientData(type: string, challenge: string, lies: Lies): string {
    const { origin = this.origin, crossOrigin = false } = lies;
    const data = { type: lies.type ?? type, challenge: lies.challenge ?? challenge, origin, crossOrigin };
    return Buffer.from(JSON.stringify(data)).toString('base64url');
  }
}

const envelope = (id: string) => ({
  id,
  rawId: id,
  type: 'public-key' as const,
  authenticatorAttachment: 'platform',
  clientExtensionResults: {},
});

const foreignKey = (): KeyObject => {
  const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'pkcs8' });
  return createPrivateKey(pem);
};

/** The part of CBOR that attestations need: integers, texts, bytes, lists, maps. */
export function cbor(value: unknown): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(cbor)]);
  if (value instanceof Map) return Buffer.concat([head(5, value.size), ...[...value].flat().map(cbor)]);
  throw new Error(`not in this part of CBOR: ${typeof value}`);
}

function head(major: number, size: number): Buffer {
  const bits = major << 5;
  if (size < 24) return Buffer.from([bits | size]);
  if (size < 256) return Buffer.from([bits | 24, size]);
  return Buffer.from([bits | 25, size >> 8, size & 0xff]);
}
