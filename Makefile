# Developers' few targets. Everything runs in the environment that ./manyhands makes.
PYTHON := .venv/bin/python
export MANYHANDS_MODE ?= development

.PHONY: check test prove bench screenshots docs lock front

check: ## style, types, walls, migrations, known holes in what we use
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy src/manyhands
	.venv/bin/lint-imports --no-cache
	$(PYTHON) -m manyhands check
	$(PYTHON) -m manyhands makemigrations --check --dry-run
	$(PYTHON) scripts/write_docs.py --check
	$(PYTHON) scripts/audit.py

test: ## the whole suite on the embedded database
	./manyhands test

prove: ## break each rule of the house once; the suite must notice every time
	$(PYTHON) scripts/prove_rules.py

bench: ## side-by-side measurements against named peers
	$(PYTHON) -m benchmarks

screenshots: ## photograph every page of the demo coalition, and the pictures of the documents
	$(PYTHON) scripts/screenshots.py

docs: ## the pages that are written from the code
	$(PYTHON) scripts/write_docs.py

lock: ## pin everything anew
	$(PYTHON) -m uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 pyproject.toml -o requirements/product.txt
	$(PYTHON) -m uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 --all-extras --group dev pyproject.toml -o requirements/development.txt
