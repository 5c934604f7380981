/**
 * Atomic writes: Redis runs one script at a time. Keys, each with the prefix:
 * - the stored id: a hash with a session or a tombstone
 * - `user:` and the user's id: the stored ids of the user's sessions, and of tombstones with a successor, sorted by the
 *   time of the sign-in
 * - `live`: the stored ids of all active sessions, sorted by the idle deadline
 */

/**
 * KEYS: session, user, live. ARGV: id, createdAt, idleExpiresAt, expires, expiry of the user's list, now, and the fields.
 */
export const INSERT = `
if redis.call('EXISTS', KEYS[1]) == 1 then return redis.error_reply('TAKEN This session id exists already') end
redis.call('HSET', KEYS[1], unpack(ARGV, 7))
redis.call('PEXPIREAT', KEYS[1], ARGV[4])
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
if redis.call('PTTL', KEYS[2]) < ARGV[5] - ARGV[6] then redis.call('PEXPIREAT', KEYS[2], ARGV[5]) end
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', ARGV[6])
redis.call('ZADD', KEYS[3], ARGV[3], ARGV[1])
`;

/**
 * Replaces a session. KEYS: previous session, session, user, live. ARGV: previous id and publicId, now, expiry of the
 * tombstone, channel, and the arguments of INSERT. Returns nothing, or the reason why the previous session has ended.
 */
export const REPLACE = `
if redis.call('HEXISTS', KEYS[1], 'session') == 0 then return { redis.call('HGET', KEYS[1], 'reason') or '' } end
local id, createdAt, idleExpiresAt, expires, listUntil, now = unpack(ARGV, 6, 11)
redis.call('HSET', KEYS[2], unpack(ARGV, 12))
redis.call('PEXPIREAT', KEYS[2], expires)
redis.call('ZADD', KEYS[3], createdAt, id)
if redis.call('PTTL', KEYS[3]) < listUntil - now then redis.call('PEXPIREAT', KEYS[3], listUntil) end
redis.call('ZADD', KEYS[4], idleExpiresAt, id)
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'publicId', ARGV[2], 'reason', 'replaced', 'revokedAt', ARGV[3], 'expires', ARGV[4], 'successor', id)
redis.call('PEXPIREAT', KEYS[1], ARGV[4])
redis.call('ZREM', KEYS[4], ARGV[1])
redis.call('PUBLISH', ARGV[5], ARGV[1])
return {}
`;

/** KEYS: session. ARGV: its contents. Does not change tombstones. */
export const UPDATE = `
if redis.call('HEXISTS', KEYS[1], 'session') == 1 then redis.call('HSET', KEYS[1], 'session', ARGV[1]) end
`;

/** KEYS: session, live. ARGV: id, lastSeenAt, idleExpiresAt, expires. Times only increase. */
export const TOUCH = `
if redis.call('HEXISTS', KEYS[1], 'session') == 0 then return end
for i, field in ipairs({ 'lastSeenAt', 'idleExpiresAt', 'expires' }) do
  if tonumber(ARGV[i + 1]) > tonumber(redis.call('HGET', KEYS[1], field)) then
    redis.call('HSET', KEYS[1], field, ARGV[i + 1])
  end
end
redis.call('PEXPIREAT', KEYS[1], redis.call('HGET', KEYS[1], 'expires'))
redis.call('ZADD', KEYS[2], redis.call('HGET', KEYS[1], 'idleExpiresAt'), ARGV[1])
`;

/** KEYS: user. ARGV: prefix. Returns id and fields of each entry, the newest first, and removes expired entries. */
export const LIST = `
local found = {}
for _, id in ipairs(redis.call('ZREVRANGE', KEYS[1], 0, -1)) do
  local fields = redis.call('HGETALL', ARGV[1] .. id)
  if #fields == 0 then redis.call('ZREM', KEYS[1], id) else found[#found + 1] = { id, fields } end
end
return found
`;

/**
 * KEYS: live. ARGV: prefix, reason, now, expiry of the tombstone, channel, and ids. Returns id and former fields of each
 * session that it revoked.
 */
export const REVOKE = `
local prefix, ended = ARGV[1], {}
for i = 6, #ARGV do
  local id = ARGV[i]
  local key = prefix .. id
  if redis.call('HEXISTS', key, 'session') == 1 then
    local public, user = unpack(redis.call('HMGET', key, 'publicId', 'userId'))
    ended[#ended + 1] = { id, redis.call('HGETALL', key) }
    redis.call('DEL', key)
    redis.call('HSET', key, 'publicId', public, 'reason', ARGV[2], 'revokedAt', ARGV[3], 'expires', ARGV[4])
    redis.call('PEXPIREAT', key, ARGV[4])
    redis.call('ZREM', prefix .. 'user:' .. user, id)
    redis.call('ZREM', KEYS[1], id)
    redis.call('PUBLISH', ARGV[5], id)
  end
end
return ended
`;
