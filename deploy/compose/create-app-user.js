// Runs once, when the data folder is empty: the user that the server signs in to MongoDB with.
const { readFileSync } = require('node:fs');

db.getSiblingDB('app').createUser({
  user: 'app',
  pwd: readFileSync('/run/secrets/mongodb_app_password', 'utf8').trim(),
  // Read and write of one database, its indexes and change streams included.
  roles: [{ role: 'readWrite', db: 'app' }],
});
