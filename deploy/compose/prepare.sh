#!/bin/sh
# Makes what must not be in a repository: passwords and tokens in .env, the broker's password file, and an authority with the broker's
# certificate. Needs openssl 3. What is there already is kept, so that it can be run again.
#   prepare.sh [DIRECTORY] [NAME ...]     names and addresses under which agents reach the broker; by default this machine's
set -eu
cd "${1:-$(dirname -- "$0")}"; [ $# -eq 0 ] || shift
umask 077
mkdir -p secrets/certs
secret() { openssl rand -base64 33 | tr '+/' '-_'; }

if [ ! -f .env ]; then
  for name in MQTT_HUB_PASSWORD MQTT_AGENT_PASSWORD INFLUXDB_PASSWORD INFLUXDB_TOKEN GRAFANA_PASSWORD ENROLMENT_TOKEN; do echo "$name=$(secret)"; done > .env
fi
. ./.env

# mosquitto's own format: PBKDF2 with SHA-512.
if [ ! -f secrets/passwd ]; then
  iterations=10000
  for user in "hub $MQTT_HUB_PASSWORD" "gw-01 $MQTT_AGENT_PASSWORD"; do
    salt=$(openssl rand -hex 12)
    hash=$(openssl kdf -binary -keylen 64 -kdfopt digest:SHA512 -kdfopt "pass:${user#* }" -kdfopt "hexsalt:$salt" -kdfopt iter:$iterations PBKDF2 | openssl base64 -A)
    echo "${user%% *}:\$7\$$iterations\$$(printf %s "$salt" | sed 's/../\\x&/g' | xargs -0 printf '%b' | openssl base64 -A)\$$hash"
  done > secrets/passwd
fi

if [ ! -f secrets/certs/ca.crt ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/CN=EdgeAgent plant authority" \
    -addext "basicConstraints=critical,CA:TRUE,pathlen:0" -addext "keyUsage=critical,keyCertSign,cRLSign" -keyout secrets/ca.key -out secrets/certs/ca.crt 2>/dev/null
fi
if [ ! -f secrets/certs/server.crt ]; then
  names="DNS:mosquitto,DNS:localhost,IP:127.0.0.1"
  for name in ${*:-$(hostname)}; do case $name in *[!0-9.]*) names="$names,DNS:$name" ;; *) names="$names,IP:$name" ;; esac; done
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=mosquitto" -keyout secrets/certs/server.key -out secrets/server.csr 2>/dev/null
  printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\nkeyUsage=digitalSignature\nbasicConstraints=CA:FALSE\n' "$names" > secrets/server.ext
  openssl x509 -req -days 825 -in secrets/server.csr -CA secrets/certs/ca.crt -CAkey secrets/ca.key -CAcreateserial -extfile secrets/server.ext -out secrets/certs/server.crt 2>/dev/null
fi
# Containers read them as users of their own. The authority's key stays private: keep secrets/ca.key off this machine once all is made.
chmod 755 secrets secrets/certs; chmod 644 secrets/certs/*.crt
if [ "$(id -u)" = 0 ]; then chown 1883:1883 secrets/passwd secrets/certs/server.key; chmod 600 secrets/passwd secrets/certs/server.key; else chmod 644 secrets/passwd secrets/certs/server.key; fi
echo "prepared: .env, secrets/passwd, secrets/certs"
