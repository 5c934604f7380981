/**
 * Measures every contender once per round, in an order that rotates: other load on the machine affects all alike.
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
