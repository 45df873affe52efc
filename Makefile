# Every command is a line here; what it does is in tools/. Choose another Python with: make PYTHON=python3.12 ...
PYTHON ?= python3
# -u: our lines and those of the programs that are started stay in order.
DEV = $(PYTHON) -u -m tools.dev

help:                ## this list
	@sed -n 's/^\([a-z%-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

setup:               ## install and build everything that work here needs
	$(DEV) setup

run:                 ## the server with demonstration data on http://localhost:8000 (another: make run PORT=8001)
	$(DEV) run $(if $(PORT),--port $(PORT))

test:                ## everything: check, rules, api, typescript, campaigns, journeys, engines
	$(DEV) test

test-%:              ## one part, such as make test-rules
	$(DEV) test $*

check:               ## lint and types of Python and TypeScript
	$(DEV) test check

types:               ## write pwa/openapi.json and the TypeScript types made from it
	$(DEV) types

bench:               ## measure
	$(DEV) bench

campaign:            ## phones, server and browsers under faults, seeded (SEEDS=1000 FIRST=201 SERVER_KILLS=500 KILLS=200; FAULTS=1)
	$(DEV) setup
	.venv/bin/python -m tests.campaigns.simulator --all --seeds $(or $(SEEDS),200) --first $(or $(FIRST),1)
	$(if $(FAULTS),.venv/bin/python -m tests.campaigns.simulator --faults --seeds $(or $(SEEDS),200) --first $(or $(FIRST),1))
	.venv/bin/python -m tests.campaigns.server --kills $(or $(SERVER_KILLS),500)
	KILLS=$(or $(KILLS),200) $(DEV) test engines

access:              ## the journeys, with axe in every state, theme and width of every screen
	ALONGSIDE_ACCESS=all $(DEV) test journeys

sheet:               ## a picture of every screen in every state on one page, build/sheet/index.html
	$(DEV) sheet

build:               ## the wheel, with the phone app inside
	$(DEV) build

lock:                ## write requirements/ from pyproject.toml (newest versions: make lock UPGRADE=1)
	$(DEV) lock $(if $(UPGRADE),--upgrade)

clean:               ## remove what was installed, built and cached; never the database
	$(DEV) clean

.PHONY: help setup run test check types bench campaign access sheet build lock clean
