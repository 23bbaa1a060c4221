# Liantu. "make" lists what can be made; everything runs on plain Go.
SHELL := /bin/bash
.DEFAULT_GOAL := help

VERSION ?=
LDFLAGS := -s -w $(if $(VERSION),-X main.version=$(VERSION))
FUZZTIME ?= 30s
VULNCHECK := v1.9.0

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: build
build: ## build the program ./liantu, without symbols for a debugger
	go build -trimpath -tags nomsgpack -ldflags '$(LDFLAGS)' -o liantu .

.PHONY: demo
demo: ## show the sample pack and serve it on http://127.0.0.1:8080
	go run . demo

.PHONY: run
run: ## serve the graph of the settings
	go run . serve

.PHONY: test
test: ## run every test; those that need Neo4j skip where it is absent and say so
	go test ./...

# Without the symbols of a debugger the test programs link in half the time.
.PHONY: quick
quick: ## run the fast tests: no race detector, no killed processes, no real data
	go test -short -ldflags '-s -w' ./...

.PHONY: skipped
skipped: ## name the tests that are left out on this machine, and why
	@out=$$(mktemp); go test -v ./... >"$$out"; status=$$?; \
	grep -a -B 1 -e '--- SKIP' -e '^--- FAIL' "$$out" || echo "none is left out"; rm "$$out"; exit $$status

# A program with the race detector waits a second before it ends, and the scripts
# start hundreds.
.PHONY: test-neo4j
test-neo4j: ## run every test with the race detector; fail where Neo4j is absent
	GOGC=400 GORACE=atexit_sleep_ms=0 LIANTU_TEST_NEO4J=required go test -race ./...

.PHONY: clients
clients: clients-audits clients-node clients-page clients-python clients-typed ## install what the tests of foreign clients need

.PHONY: clients-audits clients-node clients-page clients-python clients-typed
clients-audits:
	npm ci --prefix api/conformance --no-audit --no-fund
clients-node:
	npm ci --prefix examples/clients/node --no-audit --no-fund
clients-page:
	npm ci --prefix web --no-audit --no-fund
clients-python:
	python3 -m venv examples/clients/python/.venv
	examples/clients/python/.venv/bin/pip install --quiet --disable-pip-version-check -r examples/clients/python/requirements.txt
clients-typed:
	cd examples/clients/typed/genqlient && go mod download
	python3 -m venv examples/clients/typed/python/.venv
	examples/clients/typed/python/.venv/bin/pip install --quiet --disable-pip-version-check -r examples/clients/typed/python/requirements.txt
	npm ci --prefix examples/clients/typed/node --no-audit --no-fund

.PHONY: page
page: clients-page ## build the page: web/dist and web/documents.json
	cd web && npm run --silent generate && npm run --silent check && npm run --silent test && npm run --silent build && node notice.mjs

# The program embeds what is committed, so that building it needs no Node.
.PHONY: page-check
page-check: ## check and test the page; fail if a build of it is not what is committed
	bash web/check.sh

.PHONY: page-bench
page-bench: build ## measure the page in a browser: bytes, seconds, memory
	node bench/page.mjs ./liantu

.PHONY: pictures
pictures: build ## write docs/pictures anew: each screen in two languages, and on a phone
	node web/journeys/pictures.mjs ./liantu docs/pictures

.PHONY: journeys
journeys: ## let a browser go through the page of the running program
	LIANTU_TEST_CLIENTS=required go test -count=1 -v ./cli/journeys

.PHONY: generators
generators: clients-typed ## let generators of typed clients read the schema, and their clients ask the service
	LIANTU_TEST_CLIENTS=required go test -count=1 -v -run '^TestTypedClients$$' ./cli

.PHONY: conformance
conformance: clients-audits ## let the audits of GraphQL over HTTP and the reference implementation judge the service
	LIANTU_TEST_CLIENTS=required go test -count=1 -v -run '^TestForeignClients$$/^audits$$' ./cli

.PHONY: bench
bench: ## run the benchmarks
	go test -run '^$$' -bench . -benchmem ./...

.PHONY: fuzz
fuzz: ## run each fuzz target for FUZZTIME (default 30s)
	@set -e; for dir in $$(go list -f '{{.Dir}}' ./...); do \
		for target in $$(grep -ohE '^func Fuzz[A-Za-z0-9_]+' $$dir/*_test.go 2>/dev/null | awk '{print $$2}'); do \
			echo "$$dir $$target"; go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$dir; \
		done; \
	done

.PHONY: mutants
mutants: ## break one rule after another; fail if no test misses one of them
	go run ./mutants

.PHONY: lint
lint: ## check format, vet and golangci-lint
	go vet ./...
	golangci-lint run ./...

.PHONY: golden
golden: ## write the golden files anew; read the difference before committing it
	@set -e; for dir in $$(grep -rlE 'flag\.Bool\("update"' --include='*_test.go' . | xargs -r -n1 dirname | sort -u); do \
		echo "$$dir"; go test $$dir -update; \
	done

.PHONY: released
released: ## at a release: take the schema as the one that later changes are compared with
	cp api/testdata/schema.graphql api/testdata/released.graphql
	sed -i '/^[^#]/d' api/testdata/changes.txt

.PHONY: pack
pack: ## make the sample pack anew from the published lists in ../shared/data
	go run ./examples/zhejiang/build -data ../shared/data -out examples/zhejiang/data

.PHONY: notice
notice: ## write NOTICE anew: the modules of the program and their licences
	@out=$$(mktemp); go run ./deploy/notice >"$$out" && cat "$$out" >NOTICE; status=$$?; rm "$$out"; exit $$status

.PHONY: sbom
sbom: ## write dist/sbom.json, the list of components (CycloneDX)
	@mkdir -p dist
	go run ./deploy/notice -sbom >dist/sbom.json

# Closed networks can build, too, and nothing must look checked that was not.
.PHONY: vulncheck
vulncheck: ## fail on known faults that the program reaches; say so where their database is out of reach
	@if curl -sf -m 20 -o /dev/null "$${GOVULNDB:-https://vuln.go.dev}/index/db.json"; then \
		go run golang.org/x/vuln/cmd/govulncheck@$(VULNCHECK) .; \
	else \
		echo "NOT CHECKED: curl does not reach the database of vulnerabilities, $${GOVULNDB:-https://vuln.go.dev}"; \
	fi

.PHONY: clean
clean: ## remove what the other targets made
	rm -rf liantu dist
