#!/bin/sh
# Run once by the image when the database is made: the bucket of accounts and sequences, which is kept for ever.
set -e
influx bucket create --name edgeagent_ledger --org "$DOCKER_INFLUXDB_INIT_ORG" --token "$DOCKER_INFLUXDB_INIT_ADMIN_TOKEN" --retention 0
