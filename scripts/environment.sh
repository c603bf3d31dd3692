# Makes the environment: environment.sh PYTHON VENV LOCK. Says in one sentence what the machine lacks.
set -eu
python=$1 venv=$2 lock=$3

lacks() {
  echo "make: $1" >&2
  exit 1
}

command -v "$python" >/dev/null 2>&1 ||
  lacks "no '$python' here: install Python 3.11 or later (Debian: apt install python3 python3-venv), or name yours with make PYTHON=..."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  lacks "'$python' is $("$python" --version 2>&1), and Torg needs Python 3.11 or later: name another with make PYTHON=python3.12"
"$python" -c 'import ensurepip' 2>/dev/null ||
  lacks "'$python' cannot make environments: install its venv part (Debian: apt install python3-venv)"

[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
echo "Installing the locked dependencies into $venv (about 1.8 GB; once) ..." >&2
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock" ||
  lacks "the locked dependencies could not be installed: look at pip's words above (no network? no room?) and run make again"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
