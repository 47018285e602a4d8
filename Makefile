# `make run` serves the app, `make test` tests it; both first set up what they need, in .venv.

PORT ?= 8501
PYTHON ?=
BIN := .venv/bin

# A stamp is named after the content it stands for; without a Python that starts it stands for nothing.
$(shell $(BIN)/python -c '' 2>/dev/null || rm -f .venv/.app-* .venv/.tests-*)
checksum = $(firstword $(shell cat $(1) | cksum))
APP := .venv/.app-$(call checksum,requirements.txt constraints.txt)
TESTS := .venv/.tests-$(call checksum,requirements.txt constraints.txt tests/requirements.txt)

.PHONY: run test exhaustive bench lint clean

run: $(APP)
	@! $(BIN)/python -c 'import socket; socket.create_connection(("localhost", $(PORT)), 1)' 2>/dev/null || { \
	    echo "Port $(PORT) is taken by another program; use another: make run PORT=$$(($(PORT) + 1))" >&2; exit 1; }
	@mkdir -p static  # Streamlit warns when the folder it is to serve is missing
	@exec $(BIN)/python -m components.server --server.port $(PORT) --server.showEmailPrompt false

test: $(TESTS)
	@$(BIN)/python tests/chromium.py
	$(BIN)/python -m pytest -m "not live and not exhaustive" --numprocesses 2 --dist worksteal
	$(BIN)/python -m pytest -m live

# Further cases of tests that `make test` runs a few cases of.
exhaustive: $(TESTS)
	$(BIN)/python -m pytest -m exhaustive --numprocesses 2 --dist worksteal

bench: $(TESTS)
	@$(BIN)/python tests/chromium.py
	$(BIN)/python -m benchmarks

lint: $(TESTS)
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .

clean:
	rm -rf .venv .cache .pytest_cache .ruff_cache static
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(APP):
	@PYTHON="$(PYTHON)" .ci/environment requirements.txt $@

$(TESTS):
	@PYTHON="$(PYTHON)" .ci/environment tests/requirements.txt $@
