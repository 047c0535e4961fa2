#!/usr/bin/env bash
# docker-compose.yml with the values of .env.example is accepted by Debian's docker-compose.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -r docker-compose.yml Dockerfile docker "$folder"
sed -e 's/^SECRET_KEY=$/SECRET_KEY=only-for-this-check/' -e 's/^POSTGRES_PASSWORD=$/POSTGRES_PASSWORD=only-for-this-check/' .env.example > "$folder/.env"
cd "$folder" && docker-compose config -q && echo "docker-compose.yml is accepted"
