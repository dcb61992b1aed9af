# Everything a person or CI does with schoolapp. `make run` and `make test` need Python 3.11 to 3.13 and nothing else.
PYTHON ?= python3
BIN := .venv/bin
unexport PYTHONDONTWRITEBYTECODE
.PHONY: run test install check format bench interop pictures theme catalogues rename-check lock build clean

run: install          ## the window on the practice schools, or the main job where there is no display
	$(BIN)/schoolapp --practice

install: .venv/ready  ## .venv with .venv/bin/schoolapp

.venv/ready: requirements/run.txt requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q schoolapp
	touch $@

test: install check   ## format, lint, types, layers, then all tests
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -q

check: install        ## format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install       ## rewrite the sources in the one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

catalogues: install   ## renew the translations: new sentences into every .po, every .mo from its .po
	$(BIN)/python -m tools.catalogues update
	$(BIN)/python -m tools.catalogues compile

theme: install        ## resources/themes/*.qss from the tokens and our template
	$(BIN)/python -m tools.make_theme
bench: install        ## how fast it is, against references of the same run: a table, and docs/benchmarks.json
	$(BIN)/python -m tools.bench

interop: install      ## our times as ical.js, libical and vobject read them (needs npm and libical3)
	$(BIN)/python -m tools.interop

pictures: install     ## docs/pictures anew, from the practice schools (needs pdftoppm)
	$(BIN)/python -m tools.window_pictures
	$(BIN)/python -m tools.document_pictures

rename-check: install ## rename fields of rows and functions of commands one at a time: does mypy notice?
	$(BIN)/python -m tools.rename_check

build: install        ## a folder dist/schoolapp that runs without Python; build on the oldest system supported
	$(BIN)/pyinstaller --noconfirm --log-level WARN build.spec

lock:                 ## renew requirements/*.txt (needs uv on the PATH); no registry may be named in them
	uv pip compile --universal --generate-hashes --no-strip-extras --no-header --no-annotate --python-version 3.11 pyproject.toml -o requirements/run.txt
	uv pip compile --universal --generate-hashes --no-strip-extras --no-header --no-annotate --python-version 3.11 -c requirements/run.txt --group dev -o requirements/dev.txt
	! grep -nE 'https?://|file:' requirements/*.txt

clean:                ## remove what make has made
	rm -rf .venv build dist out
