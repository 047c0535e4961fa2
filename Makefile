# Dela. `make run` and `make test` do all the set-up; the other targets are for developers.
PYTHON ?= python3
PORT ?= 8000
UV_VERSION = 0.13.9
VENV = .venv
BIN = $(VENV)/bin

.PHONY: help run test lint messages lock clean

help:
	@echo "make run [PORT=8001]  start Dela with its demo organisation"
	@echo "make test             run the tests"
	@echo "make lint             ruff, mypy, templates, layers, migrations, translations"
	@echo "make messages         collect the words to translate into locale/"
	@echo "make lock             resolve the dependencies anew"

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dela needs Python 3.11 or later: make PYTHON=python3.12 ...")'
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet uv==$(UV_VERSION)

$(VENV)/.run: requirements.lock | $(BIN)/uv
	@echo "Installing what Dela needs ..."
	@$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(BIN)/uv
	@echo "Installing what Dela and its tests need ..."
	@$(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements-dev.lock
	@$(BIN)/python -m pip install --quiet uv==$(UV_VERSION)
	@touch $@ $(VENV)/.run

run: $(VENV)/.run
	@DEMO_MODE=true ORG_NAME="$${ORG_NAME:-Åbrinks kommun}" BASE_URL=http://127.0.0.1:$(PORT) exec $(BIN)/python manage.py start --demo --port $(PORT)

test: $(VENV)/.dev
	@$(BIN)/python tests/legs.py

lint: $(VENV)/.dev
	@$(BIN)/python tests/legs.py --only lint

messages: $(VENV)/.dev
	@$(BIN)/python manage.py makemessages -l sv --no-location --no-obsolete -i .venv -i var

lock: $(BIN)/uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --group dev pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes -c requirements-dev.lock pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache
