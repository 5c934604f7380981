// The health check of the mongo service. Exit status 0: this member is primary and takes writes.
const { readFileSync } = require('node:fs');

db.getSiblingDB('admin').auth('root', readFileSync('/run/secrets/mongodb_root_password', 'utf8').trim());
if (!db.hello().setName) rs.initiate({ _id: 'rs0', members: [{ _id: 0, host: 'mongo:27017' }] });
quit(db.hello().isWritablePrimary ? 0 : 1);
