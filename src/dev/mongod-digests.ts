import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** SHA-256 of the official archives. A checksum from the server that serves the archive would prove nothing. */
const DIGESTS: Record<string, string> = {
  'mongodb-linux-x86_64-ubuntu2004-8.0.17.tgz': 'b90f31da88ba94ad20b7a18801a6abd85b7f31bf42677e11b53ec5f82cd5dedf',
  'mongodb-linux-aarch64-ubuntu2004-8.0.17.tgz': '6f8de47d323c93a2a3d800f9ba529321d7c24dce8e6f344b933c89b9d744dd3c',
  'mongodb-linux-x86_64-ubuntu2204-8.0.17.tgz': '4372a8e503a61814c565d4ccbc5f6765787944772e8969c13ba96c99cca11f75',
  'mongodb-linux-aarch64-ubuntu2204-8.0.17.tgz': '2709ec6acd3de02666d02318d436f5d68dfb7d20b025d24a12a0914aacff4bd3',
  'mongodb-linux-x86_64-ubuntu2404-8.0.17.tgz': 'fe7bccea2ac1eed16867e9ae5a60481455ee30796f285fe67d0d02a6c2abbdda',
  'mongodb-linux-aarch64-ubuntu2404-8.0.17.tgz': '8dc5919025dbabe2103b8e187e2102492af93c08842c37114272bd894e5cfc13',
  'mongodb-linux-x86_64-debian12-8.0.17.tgz': 'b774ed64ec13732d25cd8c937bcd221ceadd0c746371f2279aa63aa492c1d0d0',
  'mongodb-linux-x86_64-rhel8-8.0.17.tgz': 'c8986f6fc001d456bd2160c2e96d24201599627eb5832f49d95673779a2768cf',
  'mongodb-linux-aarch64-rhel8-8.0.17.tgz': 'f7118b78fe5f60724109bf3548d46d4c898f9ec14a7bb4821d43a080a8a98572',
  'mongodb-linux-x86_64-rhel93-8.0.17.tgz': '9bcb2b0ae5d114a752e3fa9105a50020a104b6c5eaf69d7c248cae43b812196e',
  'mongodb-linux-aarch64-rhel93-8.0.17.tgz': '7192d831f58cc5eece0e3d24921dc4612c99b506ee432c703c8ba687f6322894',
  'mongodb-linux-x86_64-amazon2023-8.0.17.tgz': '29c195b32b1dd3f0dfa8a497e2199ec313e1e86d3b56966f49822ccb65f1cfcd',
  'mongodb-linux-aarch64-amazon2023-8.0.17.tgz': '6f26e7d510d5136eb3397cc15e54adb28adb9e0eeb5648d4f3e2aac3a561dfb4',
  'mongodb-linux-x86_64-suse15-8.0.17.tgz': '255490e01c2f10ebbf56b284e08d2b1830e5693842b5ba9849d88a92ce5c3cb5',
  'mongodb-macos-x86_64-8.0.15.tgz': '30136672da526631d9c98914cadeaafee1a648645d443fbb187ae1fc08fe6e60',
  'mongodb-macos-arm64-8.0.15.tgz': 'df25e838c0fa4bdd1712b51609cb42315e5aba5963aef5ec54611406f1e6939c',
};

/**
 * @param url where the archive is served from; only its file name matters, so that mirrors work
 * @throws if no digest is known for it
 */
export function digestOfArchive(url: string): string {
  const name = basename(new URL(url).pathname);
  const digest = DIGESTS[name];
  if (!digest) throw new Error(`the SHA-256 of ${name} is not known, so it is not downloaded`);
  return digest;
}

/** @throws if the file has another SHA-256 */
export async function verifyDigest(file: string, digest: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  if (hash.digest('hex') !== digest) throw new Error(`${basename(file)} does not have the expected SHA-256`);
}
