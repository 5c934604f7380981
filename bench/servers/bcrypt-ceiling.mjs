// Passwords that the machine can compare a second: only bcrypt, one comparison per core at a time.
import bcrypt from 'bcrypt';
import { availableParallelism } from 'node:os';

const seconds = Number(process.argv[2]);
const hash = await bcrypt.hash('a password', Number(process.argv[3]));
const start = performance.now();
let done = 0;

async function compareUntilTheEnd() {
  while (performance.now() - start < seconds * 1000) {
    await bcrypt.compare('a password', hash);
    done += 1;
  }
}

await Promise.all(Array.from({ length: availableParallelism() }, compareUntilTheEnd));
process.stdout.write(String((done / (performance.now() - start)) * 1000));
