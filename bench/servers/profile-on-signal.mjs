// Loaded before a server (node --import): SIGUSR2 starts V8's profiler, the next one stops it and writes PROFILE_TO.
// Node's --cpu-prof would count the start and the warm-up too.
import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.setSamplingInterval', { interval: 200 });
let running = false;

process.on('SIGUSR2', () => {
  running = !running;
  void (running ? session.post('Profiler.start') : stop());
});

async function stop() {
  const { profile } = await session.post('Profiler.stop');
  await writeFile(process.env.PROFILE_TO, JSON.stringify(profile));
}
