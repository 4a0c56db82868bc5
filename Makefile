# Mujaz: bilingual briefings from CSV datasets. `make help` lists the targets.

# --- what a user may override -------------------------------------------------------------------------------
# make V=1 shows the commands; make T=publish check runs only the tests whose names hold that word.
CC       = gcc
CFLAGS   = -O2 -g
LDFLAGS  =
PREFIX   = /usr/local
DESTDIR  =
BUILD    = build
OUT      = out
T        =

# --- what the sources need ----------------------------------------------------------------------------------
STANDARD  = -std=c11 -D_XOPEN_SOURCE=700 -Isrc -Itests
WARNINGS  = -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes
HARDEN    = -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
HARDEN_LD = -pie -Wl,-z,relro,-z,now,-z,noexecstack
# gcc's format warnings see null pointers where the sanitizers put their checks.
SANITIZE  = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer \
            -Wno-format-truncation -Wno-format-overflow

# Libraries that pkg-config knows, and those that it does not on Debian 12.
PACKAGES = pangoft2 harfbuzz harfbuzz-subset fontconfig fribidi sqlite3 yaml-0.1 \
           icu-i18n icu-uc nettle zlib libdeflate libjpeg libseccomp lcms2
LATE     = cairo libcurl libmicrohttpd # loaded by the commands that need them (src/base/late.h)
PLAIN_LIBS = -lhpdf -lhyphen -lcmark-gfm-extensions -lcmark-gfm -lm
TEST_LIBS  = -lcmocka -lcsv -lcairo

# Asked once, and only when something is compiled: `make setup` must work before they are installed.
# -isystem, so that our warnings judge our sources only.
PKG_CFLAGS = $(eval PKG_CFLAGS := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PACKAGES) $(LATE))))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $(shell pkg-config --libs $(PACKAGES)))$(PKG_LIBS)

COMPILE = $(CC) $(STANDARD) $(WARNINGS) $(CPPFLAGS) $(CFLAGS) $(HARDEN) $(PKG_CFLAGS) $(UNALIGNED) $(ASSET_PATH) -MMD -MP
LINK    = $(CC) $(CFLAGS) $(HARDEN) $(HARDEN_LD) $(LDFLAGS)
LIBS    = $(PLAIN_LIBS) $(PKG_LIBS)

# --- files --------------------------------------------------------------------------------------------------
SOURCES  := $(sort $(wildcard src/*/*.c))
OBJECTS  := $(SOURCES:%.c=$(BUILD)/%.o)
MAIN     := $(BUILD)/src/commands/main.o
LIBRARY  := $(BUILD)/libmujaz.a
SUPPORT  := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard tests/support/*.c)))
TESTS    := $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/*_test.c)))
TOOLS    := $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/tools/*.c)))
BENCH    := $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard bench/*.c)))

# What the program reads of its own: in $(BUILD)/share/mujaz as it is when installed.
SHARED   := $(sort $(wildcard layouts/*.yaml fonts/*.yaml docs/diagnostics.md)) $(shell find templates -type f ! -name .keep 2>/dev/null | sort)
SHARE    := $(SHARED:%=$(BUILD)/share/mujaz/%)

# What is made of the program's tables: manual pages, completions, schemas.
GENERATE   := $(BUILD)/man/generate
PAGES      := $(patsubst man/%.in,%,$(sort $(wildcard man/*.in)))
SHELLS     := bash zsh fish
SCHEMAS    := report layout fonts schedule mail
GENERATED  := $(PAGES:%=$(BUILD)/man/%) $(SHELLS:%=$(BUILD)/completion/%) \
              $(SCHEMAS:%=$(BUILD)/share/mujaz/schemas/%.schema.json)

# A workspace to look at: the briefing and its data.
EXAMPLES := $(shell find reports/iraq-briefing datasets -type f | sort)

# What is installed below PREFIX: WHERE=FROM; @PREFIX@ in a file becomes PREFIX.
INSTALL_TO = $(DESTDIR)$(PREFIX)
INSTALLED  = bin/mujaz=$(BUILD)/mujaz \
             $(foreach p,$(PAGES),share/man/man$(lastword $(subst ., ,$(p)))/$(p)=$(BUILD)/man/$(p)) \
             $(foreach f,$(SHARED) $(SCHEMAS:%=schemas/%.schema.json),share/mujaz/$(f)=$(BUILD)/share/mujaz/$(f)) \
             $(foreach f,$(EXAMPLES),share/doc/mujaz/examples/$(f)=$(f)) \
             $(foreach f,README.md CHANGES.md $(wildcard docs/*.md docs/*.png),share/doc/mujaz/$(f)=$(f)) \
             share/bash-completion/completions/mujaz=$(BUILD)/completion/bash \
             share/zsh/vendor-completions/_mujaz=$(BUILD)/completion/zsh \
             share/fish/vendor_completions.d/mujaz.fish=$(BUILD)/completion/fish \
             lib/systemd/system/mujaz-nightly@.service=systemd/mujaz-nightly@.service \
             lib/systemd/system/mujaz-nightly@.timer=systemd/mujaz-nightly@.timer \
             lib/systemd/system/mujaz-deliver@.service=systemd/mujaz-deliver@.service \
             lib/sysusers.d/mujaz.conf=systemd/mujaz.sysusers \
             share/doc/mujaz/mujaz-nightly.cron=systemd/mujaz-nightly.cron
to   = $(word 1,$(subst =, ,$(1)))
from = $(word 2,$(subst =, ,$(1)))

# The inner makes use all processors, unless the outer one was told how many.
JOBS = $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc))

ifeq ($(V),1)
Q =
SAY = @:
else
Q = @
SAY = @printf '  %-5s %s\n'
MAKEFLAGS += --no-print-directory
endif

# --- building -----------------------------------------------------------------------------------------------
.PHONY: all briefing check check-readers check-site check-serve check-asan run-tests tests lint bench bench-pages \
        bench-burst bench-data bench-peers bench-charts bench-size gallery faults install install-files uninstall dist \
        distcheck deb clean setup help always
.DELETE_ON_ERROR:
.SECONDARY: $(SUPPORT) $(TESTS:%=%.o) $(TOOLS:%=%.o) $(BENCH:%=%.o)

all: $(BUILD)/mujaz $(SHARE) $(GENERATED)

$(BUILD)/share/mujaz/%: %
	$(Q)mkdir -p $(@D)
	$(Q)cp $< $@

$(BUILD)/mujaz: $(MAIN) $(LIBRARY) | $(SHARE)
	$(SAY) LINK $@
	$(Q)$(LINK) -o $@ $(MAIN) $(LIBRARY) $(LIBS)

$(LIBRARY): $(filter-out $(MAIN),$(OBJECTS))
	$(SAY) AR $@
	$(Q)rm -f $@ && ar rcsD $@ $^

$(BUILD)/%.o: %.c $(BUILD)/flags | $(BUILD)/libraries
	$(SAY) CC $<
	$(Q)mkdir -p $(@D)
	$(Q)$(COMPILE) -c -o $@ $<

$(GENERATE): $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard man/*.c))) $(LIBRARY)
	$(SAY) LINK $@
	$(Q)$(LINK) -o $@ $^ $(LIBS)

$(BUILD)/man/%: man/%.in $(GENERATE) docs/datasets.md
	$(SAY) PAGE $@
	$(Q)$(GENERATE) page $< >$@

$(BUILD)/completion/%: $(GENERATE)
	$(Q)mkdir -p $(@D)
	$(Q)$(GENERATE) completion $* >$@

$(BUILD)/share/mujaz/schemas/%.schema.json: $(BUILD)/mujaz
	$(Q)mkdir -p $(@D)
	$(Q)$(BUILD)/mujaz schema $* >$@

# The page of preview --serve: its files as C strings.
ASSETS := $(patsubst %,$(BUILD)/%.inc,$(wildcard src/serve/page.* src/serve/*.svg))
$(BUILD)/src/serve/%.inc: src/serve/%
	$(Q)mkdir -p $(@D)
	$(Q)sed 's/[\\"]/\\&/g; s/.*/"&\\n"/' $< >$@
$(BUILD)/src/serve/assets.o: $(ASSETS)
$(BUILD)/src/serve/assets.o: private ASSET_PATH = -I$(BUILD)/src

# libharu's memory pool aligns to 4 bytes, so its structs trip UBSan in whoever reads them.
$(BUILD)/src/pdf/%.o: private UNALIGNED = $(if $(findstring -fsanitize,$(CFLAGS)),-fno-sanitize=alignment)

# A plain message for each library that is not there.
$(BUILD)/libraries:
	$(Q)mkdir -p $(@D)
	$(Q)ok=1; for p in $(PACKAGES) $(LATE); do \
	    pkg-config --exists $$p || { echo "mujaz: library $$p is missing; 'make setup' installs it" >&2; ok=0; }; \
	done; [ $$ok = 1 ] && touch $@

# Other flags or another compiler: everything again.
$(BUILD)/flags: always
	$(Q)mkdir -p $(@D)
	$(Q)echo '$(CC) $(STANDARD) $(WARNINGS) $(CPPFLAGS) $(CFLAGS) $(HARDEN)' | cmp -s - $@ || \
	    echo '$(CC) $(STANDARD) $(WARNINGS) $(CPPFLAGS) $(CFLAGS) $(HARDEN)' > $@

# --- the main job -------------------------------------------------------------------------------------------
# Set-up may install what building needs, so building is a make of its own.
briefing:
	$(Q)scripts/setup.sh build
	$(Q)$(MAKE) $(JOBS) all
	$(Q)$(BUILD)/mujaz build -o $(OUT) iraq-briefing

# Every type of chart in each edition, in four layouts and sizes.
gallery:
	$(Q)scripts/setup.sh build
	$(Q)$(MAKE) $(JOBS) all
	$(Q)for layout in briefing-a4 brief-letter booklet-a5 large-print; do \
	    $(BUILD)/mujaz build -o $(OUT)/gallery/$$layout -l $$layout chart-gallery || exit; \
	done

# --- tests --------------------------------------------------------------------------------------------------
check:
	$(Q)scripts/setup.sh build test faults
	$(Q)$(MAKE) $(JOBS) run-tests
	$(Q)[ -n '$(T)' ] || BUILD=$(BUILD) scripts/faults.py --short
	$(Q)scripts/lint.sh

tests: $(TESTS) $(TOOLS) $(BENCH)

# What a nightly run survives; a quarter of an hour. FAULTS='kill starts': only these parts.
faults: all
	$(Q)scripts/setup.sh faults
	$(Q)BUILD=$(BUILD) scripts/faults.py $(FAULTS)

run-tests: all $(TESTS) $(TOOLS) $(BENCH)
	$(Q)BUILD=$(BUILD) scripts/run-tests.sh '$(T)' $(TESTS)

$(BUILD)/tests/%_test: $(BUILD)/tests/%_test.o $(SUPPORT) $(LIBRARY)
	$(SAY) LINK $@
	$(Q)$(LINK) -o $@ $^ $(TEST_LIBS) $(LIBS)

$(BUILD)/tests/tools/%: $(BUILD)/tests/tools/%.o $(LIBRARY)
	$(SAY) LINK $@
	$(Q)$(LINK) -o $@ $^ $(LIBS)

check-asan:
	$(Q)scripts/setup.sh build test
	$(Q)$(MAKE) $(JOBS) BUILD=build-asan CFLAGS='-O1 -g $(SANITIZE)' HARDEN= HARDEN_LD= run-tests

# pdf.js and PDFium, from the npm registry.
check-readers:
	$(Q)scripts/setup.sh build test
	$(Q)$(MAKE) $(JOBS) all $(BUILD)/tests/pdf_lines_test
	$(Q)BUILD=$(BUILD) scripts/check-readers.sh

# The index page in headless Chromium, with axe-core from the npm registry; skipped where Chromium is not there.
check-site:
	$(Q)scripts/setup.sh build test
	$(Q)$(MAKE) $(JOBS) all $(BUILD)/tests/publish_site_test
	$(Q)BUILD=$(BUILD) scripts/check-site.sh

# The pages of preview --serve in the same.
check-serve:
	$(Q)scripts/setup.sh build test
	$(Q)$(MAKE) $(JOBS) all
	$(Q)BUILD=$(BUILD) scripts/check-serve.sh

lint:
	$(Q)scripts/lint.sh --all

# --- speed --------------------------------------------------------------------------------------------------
bench: bench-pages bench-burst bench-size bench-charts bench-data bench-peers

bench-pages: all
	$(Q)BUILD=$(BUILD) scripts/bench-pages.sh

bench-size: $(BUILD)/bench/pdf_size $(BUILD)/bench/generate_peers
	$(Q)BUILD=$(BUILD) scripts/bench-size.sh

# 1,000 packets of a burst, and 100 builds one by one.
bench-burst: all $(BUILD)/bench/measure
	$(Q)BUILD=$(BUILD) scripts/bench-burst.sh

# What it compares with is left out where it is not installed and cannot be.
bench-charts: $(BUILD)/bench/charts
	$(Q)$(BUILD)/bench/charts chart-gallery

bench-data: all $(BENCH)
	$(Q)scripts/setup.sh bench || echo 'make bench-data: goes on with the programs that are there'
	$(Q)BUILD=$(BUILD) scripts/bench-data.sh

# One document beside Typst, and Cairo with Pango.
bench-peers: all $(BENCH)
	$(Q)scripts/setup.sh bench || echo 'make bench-peers: goes on with the programs that are there'
	$(Q)BUILD=$(BUILD) scripts/bench-peers.sh

$(BUILD)/bench/csv_floor: private LIBS += -lcsv
$(BENCH): private LIBS += -lpangocairo-1.0 -lcairo

$(BUILD)/bench/%: $(BUILD)/bench/%.o $(LIBRARY)
	$(SAY) LINK $@
	$(Q)$(LINK) -o $@ $^ $(LIBS)

# --- the rest -----------------------------------------------------------------------------------------------
setup:
	$(Q)scripts/setup.sh build test

install: all install-files

# What was built, as it is.
install-files:
	$(Q)$(foreach f,$(INSTALLED),mkdir -p '$(INSTALL_TO)/$(dir $(call to,$(f)))' && ) :
	$(Q)install -m 755 $(BUILD)/mujaz '$(INSTALL_TO)/bin/mujaz'
	$(Q)export LC_ALL=C; $(foreach f,$(filter-out bin/%,$(INSTALLED)),sed 's|@PREFIX@|$(PREFIX)|g' $(call from,$(f)) \
	    >'$(INSTALL_TO)/$(call to,$(f))' && chmod 644 '$(INSTALL_TO)/$(call to,$(f))' && ) :

uninstall:
	$(Q)rm -f $(foreach f,$(INSTALLED),'$(INSTALL_TO)/$(call to,$(f))')
	$(Q)for folder in mujaz doc/mujaz; do \
	    [ ! -d '$(INSTALL_TO)/share/'$$folder ] || find '$(INSTALL_TO)/share/'$$folder -depth -type d -empty -delete; done

# --- releases -----------------------------------------------------------------------------------------------
VERSION = $(shell sed -n 's/^\#define MUJAZ_VERSION "\(.*\)"/\1/p' src/base/version.h)
ARCHIVE = $(BUILD)/mujaz-$(VERSION).tar.gz

# What git has of this tree, as it lies here; the same bytes each time.
dist:
	$(Q)mkdir -p $(BUILD)
	$(Q)git ls-files -z | LC_ALL=C sort -z >$(ARCHIVE).list
	$(Q)tar --create --no-recursion --format=ustar --owner=0 --group=0 --numeric-owner --mode=u+rw,go+rX,go-w \
	    --mtime=@$$(git log -1 --format=%ct) --transform='s|^|mujaz-$(VERSION)/|' --null --files-from=$(ARCHIVE).list \
	    --file=$(ARCHIVE:.gz=)
	$(Q)gzip -9nf $(ARCHIVE:.gz=) && rm $(ARCHIVE).list
	@echo $(ARCHIVE)

# The archive, unpacked elsewhere, builds, passes its tests (T=word: some), is installed and goes away again.
distcheck: dist
	$(Q)scripts/setup.sh build test
	$(Q)scripts/distcheck.sh $(ARCHIVE) '$(T)'

# The Debian package, in $(BUILD)/deb. CHECK=1: lintian, and a bare Debian 12 root on which it makes the briefing (as root).
deb: dist
	$(Q)scripts/setup.sh build deb
	$(Q)scripts/deb.sh $(ARCHIVE) $(BUILD)/deb $(CHECK)

clean:
	rm -rf $(BUILD) build-asan

help:
	@echo 'make briefing       install what is missing, build, write the Iraq briefing to $(OUT)/'
	@echo 'make gallery        every type of chart in both languages, in $(OUT)/gallery/'
	@echo 'make check          install what is missing, build, run every test (T=word: only some)'
	@echo 'make check-readers  the text of the briefing in pdf.js and PDFium (needs npm)'
	@echo 'make check-site     the index page in headless Chromium, with axe-core (needs npm and chromium)'
	@echo 'make check-serve    mujaz preview --serve in headless Chromium, with axe-core (needs npm and chromium)'
	@echo 'make check-asan     the tests under AddressSanitizer and UBSan, in build-asan/'
	@echo 'make faults         what a nightly run survives: kills, errors, full disks (FAULTS=kill: one part)'
	@echo 'make all            build $(BUILD)/mujaz, install nothing'
	@echo 'make lint           the house rules: include table, names, lengths'
	@echo 'make bench          pages per second, then the five below'
	@echo 'make bench-burst    1,000 packets of a burst beside builds one by one'
	@echo 'make bench-size     our PDFs beside the same pages through the PDF surface of Cairo'
	@echo 'make bench-charts   charts per second of each type beside plain Cairo'
	@echo 'make bench-data     CSV and SQL: speed and memory beside other programs (LARGE=1: 1.1 GB too)'
	@echo 'make bench-peers    pages beside Typst, and Cairo with Pango (needs npm; LARGE=1: 1,000 pages too)'
	@echo 'make setup          only install the Debian packages that are missing'
	@echo 'make install        program, manual page and systemd units, to $(DESTDIR)$(PREFIX); make uninstall'
	@echo 'make dist           $(ARCHIVE): what git has, the same bytes each time'
	@echo 'make distcheck      the archive builds, passes its tests, is installed and goes away again (T=word)'
	@echo 'make deb            the Debian package (CHECK=1: lintian, and the briefing on a bare Debian 12 root)'
	@echo 'make clean          remove $(BUILD)/ and build-asan/'
	@echo
	@echo 'Variables: CC, CFLAGS, LDFLAGS, PREFIX, DESTDIR, BUILD, OUT; V=1 shows the commands;'
	@echo 'MUJAZ_NO_INSTALL=1 in the environment forbids installing packages.'

-include $(OBJECTS:.o=.d) $(SUPPORT:.o=.d) $(TESTS:%=%.d) $(TOOLS:%=%.d) $(BENCH:%=%.d) $(wildcard $(BUILD)/man/*.d)
