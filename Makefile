# The doors to everything; the work is in the small scripts of bin/.
# make run PORT=8001 and make run PYTHON=/usr/bin/python3.12 reach the scripts through the environment.
export PORT HOST PYTHON

.PHONY: help run test test-next attack bench mutants rehearse setup format lint lock

help: ## say what there is
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

run: ## show the site with demo content, here, now (PORT=8000)
	@bin/set-up run
	@exec .venv/bin/python bin/run

test: ## every check: lint, types, SQLite, PostgreSQL, browser
	@bin/set-up test
	@exec .venv/bin/python bin/test

test-next: ## the tests with Django's next series, which may fail
	@bin/set-up test
	@exec bin/test-next

attack: ## try to break in, at length; its quick part is in every test
	@bin/set-up test
	@GREENSHEETS_ATTACKS=20000 exec .venv/bin/python -m pytest -q --numprocesses 2 --dist worksteal tests/attack tests/uploads \
		tests/richtext/test_attacks.py tests/mailing/test_floods.py tests/greensheets_site/accounts tests/greensheets_site/desk/test_any_query.py \
		tests/greensheets_site/desk/test_bodies.py tests/vacancies/search/test_any_query.py tests/vacancies/imports/test_tables.py \
		tests/deploy/test_threads.py

bench: ## measure, and print what was measured
	@bin/set-up test
	@exec .venv/bin/python bin/bench

mutants: ## break each rule on purpose, and see whether a test notices
	@bin/set-up test
	@exec .venv/bin/python bin/mutants

rehearse: ## install in a bare system, use it, wreck it, bring it back (root, some twenty minutes)
	@bin/set-up test
	@exec .venv/bin/python bin/rehearse

setup: ## the virtual environment with everything that the checks need
	@bin/set-up test

format: ## let ruff put the code in order
	@.venv/bin/ruff check --fix --quiet .
	@.venv/bin/ruff format .

lint: ## the quick checks only
	@exec .venv/bin/python bin/test --lint

lock: ## compile the dependencies of pyproject.toml to the hashed lock files
	@bin/lock
