#!/usr/bin/env bash
# Goes from sign-up to sign-out with curl. Stops at the first unexpected response.
set -euo pipefail

base=${1:-http://localhost:3000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
jar=$folder/cookies

# call STATUS METHOD PATH [BODY]
call() {
  local expected=$1 method=$2 path=$3 body=${4:-} status
  printf '\n%s %s %s\n' "$method" "$path" "$body"
  status=$(curl --silent --show-error --output "$folder/response" --write-out '%{http_code}' \
    --cookie "$jar" --cookie-jar "$jar" --request "$method" \
    ${body:+--header 'Content-Type: application/json' --data "$body"} "$base$path")
  printf '%s %s\n' "$status" "$(cat "$folder/response" 2>/dev/null)"
  : >"$folder/response"
  [[ $status == "$expected" ]] || { echo "expected $expected" >&2 && exit 1; }
}

name=tour-$(date +%s)-$RANDOM
account="{\"username\":\"$name\",\"password\":\"correct horse battery\"}"

call 201 POST /users/signup "$account"
call 401 GET /users/protected
call 200 POST /users/login "$account"
call 200 GET /users/protected
call 200 GET /users/me
call 200 GET /sessions
call 201 POST /posts '{"title":"From curl","content":"It weaves algebraical patterns."}'
call 200 PUT /users/me/password '{"currentPassword":"correct horse battery","newPassword":"battery horse correct"}'
call 403 POST /sessions/current/reauthentication '{"password":"not this one"}'
call 200 GET '/users/me/activity?limit=2'
call 200 POST /users/logout
call 401 GET /users/protected
call 200 POST /users/login "{\"username\":\"$name\",\"password\":\"battery horse correct\"}"
call 204 DELETE /users/me
call 401 POST /users/login "{\"username\":\"$name\",\"password\":\"battery horse correct\"}"

printf '\nThe tour is complete; %s is deleted.\n' "$name"
