# Two commands do everything: `make run` and `make test`. The rest is for developers.
PY ?= python3
V  := .venv
PIP := $(V)/bin/python -m pip --disable-pip-version-check
export UV_NO_CONFIG := 1
export UV_PYTHON_DOWNLOADS := never
export PYTHONUTF8 := 1

.PHONY: run test check fix lock suite-sqlite suite-postgresql benchmarks help

help:
	@sed -n 's/^##  *//p' Makefile

## make run         prepare everything, check the demonstration hospital, show its first page
run: $(V)/.run
	@$(V)/bin/mamori demo --serve

## make test        linters, types, import contracts, then the suite on SQLite and on PostgreSQL
test: check suite-sqlite suite-postgresql

suite-sqlite: $(V)/.dev
	$(V)/bin/python -m pytest -n auto --dist loadfile -q

# A throw-away PostgreSQL is made by pg_virtualenv where it is installed (Debian: postgresql-common);
# MAMORI_TEST_DATABASE=postgresql://... names a server of your own.
suite-postgresql: $(V)/.dev
	@if [ -n "$$MAMORI_TEST_DATABASE" ]; then \
	  $(V)/bin/python -m pytest -n auto --dist loadfile -q; \
	elif command -v pg_virtualenv >/dev/null 2>&1; then \
	  pg_virtualenv -t -c '--locale=C.UTF-8' sh -c \
	    'MAMORI_TEST_DATABASE="postgresql://$$PGUSER:$$PGPASSWORD@$$PGHOST:$$PGPORT/postgres" \
	    $(V)/bin/python -m pytest -n auto --dist loadfile -q'; \
	else \
	  echo "PostgreSQL suite skipped: neither MAMORI_TEST_DATABASE nor pg_virtualenv is there"; \
	fi

## make check       change nothing, look at everything
check: $(V)/.dev
	$(V)/bin/ruff format --check .
	$(V)/bin/ruff check .
	$(V)/bin/mypy
	$(V)/bin/lint-imports --no-logo --cache-dir .import_linter_cache
	$(V)/bin/djlint src/mamori/web/templates --lint --profile django --quiet
	@! grep -nE '://' requirements*.lock

## make fix         repair what a machine can repair
fix: $(V)/.dev
	$(V)/bin/ruff check --fix .
	$(V)/bin/ruff format .

## make benchmarks  every benchmark beside its floor or its peer
benchmarks: $(V)/.dev
	@for f in benchmarks/bench_*.py; do $(V)/bin/python $$f || exit 1; done

## make lock        pin every dependency again (needs the network and `pip install uv` in .venv)
lock: $(V)/.dev
	$(PIP) install -q uv
	$(V)/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements.lock
	$(V)/bin/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header -q -c requirements.lock -o requirements-dev.lock
	@! grep -nE '://' requirements*.lock

$(V)/.run: requirements.lock pyproject.toml
	@test -x $(V)/bin/python || $(PY) -m venv $(V) || { \
	  echo "python3 cannot make a virtual environment here (on Debian and Ubuntu: apt-get install python3-venv)"; exit 1; }
	@echo "Installing what Mamori needs (once) ..."
	@$(PIP) install -q --require-hashes --only-binary :all: -r requirements.lock
	@$(V)/bin/python -c "import pathlib, sysconfig; pathlib.Path(sysconfig.get_path('purelib'), 'mamori.pth').write_text(str(pathlib.Path('src').resolve()))"
	@printf '#!%s\nfrom mamori.cli.main import main\nmain()\n' "$$(cd $(V)/bin && pwd)/python" > $(V)/bin/mamori && chmod +x $(V)/bin/mamori
	@touch $@

$(V)/.dev: requirements-dev.lock $(V)/.run
	@echo "Installing what the tests need (once) ..."
	@$(PIP) install -q --require-hashes --prefer-binary -r requirements-dev.lock
	@touch $@
