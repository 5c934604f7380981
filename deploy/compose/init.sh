#!/usr/bin/env bash
# Makes the secrets of compose.yaml, once. Existing files are kept: running it again changes nothing.
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p secrets
chmod 700 secrets

# The containers read the files as other users, so each file is readable, and only the owner can enter the folder.
create() { # name, then the command that prints the secret
  local file="secrets/$1"
  shift
  [ -s "$file" ] || (umask 022 && "$@" >"$file")
}

create mongodb_keyfile openssl rand -base64 756
create mongodb_root_password openssl rand -hex 24
create mongodb_app_password openssl rand -hex 24
create mongodb_uri printf 'mongodb://app:%s@mongo:27017/app?replicaSet=rs0' "$(cat secrets/mongodb_app_password)"
create redis_password openssl rand -hex 24
create redis_url printf 'redis://:%s@redis:6379/0' "$(cat secrets/redis_password)"
create session_secrets openssl rand -hex 32
create data_keys printf 'k1:%s' "$(openssl rand -hex 32)"

echo "The secrets are in $PWD/secrets. Keep a copy of data_keys and session_secrets outside this machine."
