#!/usr/bin/env bash
# A PostgreSQL with PostGIS for the tests, reached by a socket in a folder of its own.
#   postgis.sh start     makes and starts one, and prints its URL for GEOMAP_POSTGIS_URL
#   postgis.sh stop URL  stops it, and removes its folder
# Debian: apt-get install postgresql postgresql-15-postgis-3
set -euo pipefail

programs=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)")
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

case ${1-} in
start)
    folder=$(mktemp -d /tmp/geomap-postgis.XXXXXX)
    if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
    cd "$folder"
    as_postgres "$programs/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C -N >"$folder.log"
    as_postgres "$programs/pg_ctl" -D "$folder/data" -w -s -l "$folder/log" \
        -o "-c listen_addresses='' -c unix_socket_directories=$folder -c fsync=off" start >>"$folder.log"
    rm -f "$folder.log"
    echo "postgresql://postgres@/postgres?host=$folder"
    ;;
stop)
    folder=${2#*host=}
    cd /
    as_postgres "$programs/pg_ctl" -D "$folder/data" -m immediate -w -s stop || true
    rm -rf "$folder"
    ;;
*)
    sed -n 's/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
