/**
 * Measures every contender once per round, in an order that is rotated, so that what the machine does meanwhile hits
 * all alike.
 * @returns {Promise<Map<string, object[]>>} results by contender's name, one per round
 */
export async function interleaved(running, rounds, measure) {
  const results = new Map(running.map(({ contender }) => [contender.name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < running.length; i++) {
      const one = running[(i + round) % running.length];
      results.get(one.contender.name).push(await measure(one));
    }
  }
  return results;
}
