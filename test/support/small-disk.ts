import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const BLOCK = 64 * 1024;

/** A file system in memory that a test can fill to the last byte. Needs Linux and root. */
export class SmallDisk {
  private constructor(readonly path: string) {}

  /** @throws if mounting is not permitted */
  static async mount(megabytes: number): Promise<SmallDisk> {
    const path = await mkdtemp(join(tmpdir(), 'session-auth-disk-'));
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path]);
    } catch (error) {
      await rmdir(path);
      throw error;
    }
    return new SmallDisk(path);
  }

  /** Fills the disk except for this many bytes. */
  async fill(left = 0): Promise<void> {
    const file = await open(this.filler, 'w');
    try {
      for (;;) await file.appendFile(Buffer.alloc(BLOCK));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      const { size } = await file.stat();
      await file.truncate(Math.max(0, size - left));
    } finally {
      await file.close();
    }
  }

  /** Frees the space that `fill` took. */
  async free(): Promise<void> {
    await rm(this.filler, { force: true });
  }

  async unmount(): Promise<void> {
    // Lazily: an open file must not keep it mounted.
    await run('umount', ['--lazy', this.path]);
    await rmdir(this.path);
  }

  private get filler(): string {
    return join(this.path, 'filler');
  }
}
