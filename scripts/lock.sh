# Resolves the dependencies anew for every platform and Python from 3.11 on: lock.sh VENV.
set -eu
venv=$1
tool=$(mktemp -d)
trap 'rm -rf "$tool"' EXIT
"$venv/bin/python" -m venv "$tool"
"$tool/bin/pip" install --quiet uv
resolve() {
  "$tool/bin/uv" pip compile pyproject.toml --group dev --universal --python-version 3.11 \
    --generate-hashes --no-header --no-annotate --quiet "$@"
}
resolve --output-file requirements/dev.lock
resolve --extra spark --constraint requirements/dev.lock --output-file requirements/spark.lock
