# Short names for the commands of README.md; Maven does the work.

MAVEN ?= mvn
APP := gateway/target/contextcore/bin/contextcore
SOURCES := pom.xml gateway/pom.xml $(shell find gateway/src/main mappings -type f 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help run build test load bench fuzz mutants torture format clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: $(APP) ## build if needed, start, show one delivery of each source, wait for yours
	@$(APP) dev --example $(ARGS)

build: $(APP) ## gateway/target/contextcore

test: ## everything: format, unit tests, end-to-end tests behind a real Collector
	$(MAVEN) -B verify

load: $(APP) ## signed webhooks at full rate, exported to a real Collector, beside the Collector's own queue; ARGS="--help"
	@$(MAVEN) -B -q -pl gateway test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
	@cd gateway && java -cp "target/test-classes:target/classes:$$(cat target/test-classpath)" io.contextcore.gateway.load.LoadMain $(ARGS)

bench: ## benchmarks, side by side; ARGS="MappingBench -prof gc" for some of them
	@$(MAVEN) -B -q -Pbench -pl gateway test-compile dependency:build-classpath -Dmdep.outputFile=target/bench-classpath -Dmdep.includeScope=test
	@cd gateway && java -cp "target/test-classes:target/classes:$$(cat target/bench-classpath)" org.openjdk.jmh.Main $(or $(ARGS),-prof gc)

mutants: ## changes of the code that no test notices: lifecycle, mapping, otlp; fails below 80 %
	$(MAVEN) -B -Pmutants -pl gateway test-compile org.pitest:pitest-maven:mutationCoverage

fuzz: ## Jazzer on all that reads bytes of strangers; ARGS="--runs 10000000"
	@$(MAVEN) -B -q -Pfuzz -pl gateway test-compile dependency:build-classpath -Dmdep.outputFile=target/fuzz-classpath -Dmdep.includeScope=test
	@cd gateway && java -cp "target/test-classes:target/classes:$$(cat target/fuzz-classpath)" io.contextcore.gateway.fuzz.FuzzMain $(ARGS)

torture: $(APP) ## what takes too long for every build: 100,000 histories of the lifecycle engine, 200 kills of the application, 1.8 M deliveries while nobody listens
	$(MAVEN) -B -pl gateway test -Dtest=HistoriesTest -Dhistories=100000 -Dsurefire.failIfNoSpecifiedTests=false
	$(MAVEN) -B -pl gateway test-compile failsafe:integration-test failsafe:verify -Dit.test=KillIT -Dkills=200
	$(MAVEN) -B -pl gateway test-compile failsafe:integration-test failsafe:verify -Dit.test=OutageIT -Doutage=1800000

format: ## write every Java file the way the build wants it
	$(MAVEN) -B -q spotless:apply

clean: ## forget what was built
	$(MAVEN) -B -q clean

$(APP): $(SOURCES)
	$(MAVEN) -B -q package -DskipTests
	@touch $@
