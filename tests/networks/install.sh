#!/bin/sh
# The packages of the local AT network, and Node 22 with them: the network runs on no other. What is
# compiled must be compiled for that Node, not for the one that npm itself runs on.
set -eu
cd "$(dirname "$0")"
npm ci --ignore-scripts --no-audit --no-fund
npm rebuild node
node=$(dirname "$(node_modules/.bin/node -p process.execPath)")
headers=$(find node_modules/node -path '*/include/node/node_version.h' | head -n 1)
PATH="$node:$PATH" npm_config_nodedir="$PWD/${headers%/include/node/node_version.h}" \
  npm rebuild better-sqlite3
