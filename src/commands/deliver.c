/*
 * mujaz deliver: the PDFs of the current run, by mail, to those who are on the list; each to each once. A command of
 * its own, so that making needs neither network nor password, and that mail which did not go has its own exit code and
 * can be sent later without making anything.
 */
#include "commands/cmd.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/name.h"
#include "base/nearest.h"
#include "dataset/table_build.h"
#include "nightly/night.h"
#include "publish/mail.h"
#include "workspace/mail_settings.h"
#include "workspace/recipients.h"

/* What a letter brings, and to whom. */
struct parcel {
    const struct recipient *recipient;
    const struct manifest_report *report;
    const struct manifest_file *file;
};

struct delivery {
    const struct options *options;
    const struct mail_settings *settings;
    const char *out, *url;  /* the folder of runs, and its address, ended by '/'; NULL: no links */
    const struct manifest *run;
    struct arena *arena;
    struct diags *diags;
    struct locale *locale[LANG_COUNT];
    struct letter *letters;
    struct parcel *parcels; /* of the letters */
    size_t count;
    enum exit_code code;
};

/* --- who gets what --- */

/* The key of a packet, "" for a report that is made once; NULL: it is no PDF of that edition. Names are
 * REPORT[-KEY].pdf, REPORT[-KEY].en.pdf and so on. */
static const char *key_of(const struct delivery *d, const char *report, const struct manifest_file *f, enum edition e)
{
    size_t head = strlen(report), length = strlen(f->name);
    const char *end = e == EDITION_PARALLEL ? ".pdf" : arena_printf(d->arena, ".%s.pdf", edition_name(e));
    size_t tail = strlen(end);
    if (!f->about || f->about->edition != e || length < head + tail || strncmp(f->name, report, head) != 0
        || strcmp(f->name + length - tail, end) != 0)
        return NULL;
    const char *key = arena_string_n(d->arena, f->name + head, length - head - tail);
    if (!*key)
        return key;
    return *key == '-' && name_is_good(key + 1) ? key + 1 : NULL;
}

static void name_message(const struct delivery *d, const struct parcel *p, struct mail_entry *e)
{
    uint8_t digest[HASH_BYTES];
    char hex[HASH_HEX];
    const char *run = d->settings->rules.every_run ? e->run : p->report->made_in;
    const char *all = arena_printf(d->arena, "%s\n%s\n%s\n%s", e->to, e->file, e->sha256, run);
    hash_sha256(all, strlen(all), digest);
    hash_hex(digest, hex);
    memcpy(e->id, hex, MAIL_ID - 1);
    e->id[MAIL_ID - 1] = '\0';
}

static void add_letter(struct delivery *d, const struct parcel *parcel)
{
    d->letters = arena_grow(d->arena, d->letters, d->count, sizeof *d->letters);
    d->parcels = arena_grow(d->arena, d->parcels, d->count, sizeof *d->parcels);
    struct letter *l = &d->letters[d->count];
    *l = (struct letter){ .at = parcel->recipient->at };
    l->entry.to = parcel->recipient->email;
    l->entry.file = parcel->file->name;
    l->entry.run = d->run->run;
    l->entry.sha256 = parcel->file->about->shown ? parcel->file->about->shown : parcel->file->sha256;
    l->entry.pdf_sha256 = parcel->file->sha256;
    name_message(d, parcel, &l->entry);
    d->parcels[d->count++] = *parcel;
}

/* Why a recipient gets nothing; the others get what is theirs. */
static void tell_nothing(struct delivery *d, const struct recipient *to, const char **keys, size_t count)
{
    size_t packets = 0;
    for (size_t i = 0; i < count; i++)
        packets += keys[i][0] != '\0';
    const char *near = *to->key ? nearest_known(to->key, keys, count) : NULL;
    if (count == 0)
        diag_add(d->diags, DIAG_RECIPIENT_FILE, to->edition_at, "run %s has no edition '%s' of '%s'; name one that "
                 "report.yaml and the run have", d->run->run, edition_name(to->edition), to->report);
    else if (packets == 0)
        diag_add(d->diags, DIAG_RECIPIENT_FILE, to->key_at, "'%s' has no packets; leave the key '%s' out", to->report,
                 to->key);
    else if (!*to->key)
        diag_add(d->diags, DIAG_RECIPIENT_FILE, to->key_at, "'%s' is made in packets; give the key of one, as '%s', or "
                 "* for all", to->report, keys[0]);
    else
        diag_add(d->diags, DIAG_RECIPIENT_FILE, to->key_at, "'%s' has no packet '%s' in run %s; %s%s%s", to->report,
                 to->key, d->run->run, near ? "did you mean '" : "give the key of one that it has", near ? near : "",
                 near ? "'?" : "");
}

static void address(struct delivery *d, const struct recipient *to)
{
    const struct manifest_report *r = manifest_find(d->run, to->report);
    if (!r || !r->file_count) {
        diag_add(d->diags, DIAG_RECIPIENT_FILE, to->report_at, "run %s has no files of '%s', so %s gets nothing; see "
                 "what 'mujaz nightly' says of it", d->run->run, to->report, to->email);
        return;
    }
    const char **keys = arena_array(d->arena, r->file_count, sizeof *keys);
    size_t count = 0, before = d->count;
    for (size_t i = 0; i < r->file_count; i++) {
        const char *key = key_of(d, r->name, &r->files[i], to->edition);
        if (!key)
            continue;
        keys[count++] = key;
        if (strcmp(key, to->key) == 0 || (*key && strcmp(to->key, "*") == 0))
            add_letter(d, &(struct parcel){ to, r, &r->files[i] });
    }
    if (d->count == before)
        tell_nothing(d, to, keys, count);
}

/* --- messages --- */

static const char *run_file(const struct delivery *d, const char *name)
{
    return arena_printf(d->arena, "%s/runs/%s/%s", d->out, d->run->run, name);
}

/* The PDF as it was published, or NULL with a diagnostic. */
static const char *read_pdf(const struct manifest_file *f, const char *path, struct arena *arena, struct diags *diags)
{
    size_t length;
    uint8_t digest[HASH_BYTES];
    char hex[HASH_HEX];
    const char *bytes = file_read(path, f->bytes, arena, &length, diags);
    if (!bytes)
        return NULL;
    hash_sha256(bytes, length, digest);
    hash_hex(digest, hex);
    if (length == f->bytes && strcmp(hex, f->sha256) == 0)
        return bytes;
    diag_add(diags, DIAG_FILE_READ, (struct place){ .file = path },
             "the file is not as it was published; it is not sent");
    return NULL;
}

static bool is_attached(const struct delivery *d, const struct manifest_file *f)
{
    return f->bytes <= d->settings->attach_most;
}

static const enum site_languages languages[EDITION_COUNT] = {
    [EDITION_PARALLEL] = SITE_SIDE_BY_SIDE, [EDITION_EN] = SITE_ENGLISH, [EDITION_AR] = SITE_ARABIC,
    [EDITION_SEQUENTIAL] = SITE_ONE_AFTER_OTHER,
};

static struct mail compose(const struct delivery *d, const struct letter *l, const struct parcel *p)
{
    const struct mail_settings *s = d->settings;
    const struct about *a = p->file->about;
    enum lang lang = p->recipient->lang;
    return (struct mail){
        .lang = lang, .id = l->entry.id, .sent_at = time(NULL), .from = s->from, .to = l->entry.to,
        .from_name = s->from_name[lang] ? s->from_name[lang] : a->author[lang], .to_name = p->recipient->name,
        .reply_to = s->reply_to, .unsubscribe = s->unsubscribe, .title = a->title[lang], .subtitle = a->subtitle[lang],
        .as_of = a->as_of, .languages = languages[a->edition], .pages = a->pages, .bytes = p->file->bytes,
        .stale_since = p->report->state == STATE_STALE ? p->report->made_in : NULL, .file = p->file->name,
        .link = d->url ? arena_printf(d->arena, "%sruns/%s/%s", d->url, d->run->run, p->file->name) : NULL,
    };
}

static bool write_message(void *context, const struct letter *l, struct buf *message, struct diags *diags)
{
    const struct delivery *d = context;
    const struct parcel *p = &d->parcels[l - d->letters];
    struct mail mail = compose(d, l, p);
    struct arena *arena = arena_new();
    bool attached = is_attached(d, p->file);
    if (attached)
        mail.pdf = read_pdf(p->file, run_file(d, p->file->name), arena, diags);
    else if (!mail.link)
        diag_add(diags, DIAG_MAIL_SIZE, l->at, "%s has %" PRIu64 " bytes, above 'attach_mb' of mail.yaml, which gives "
                 "no 'url' to link to; give one, or a larger limit", p->file->name, p->file->bytes);
    bool ok = attached ? mail.pdf : mail.link;
    if (ok)
        mail_write(&mail, d->locale[mail.lang], message);
    arena_drop(arena);
    return ok;
}

/* --- what is told --- */

static const char *const states[LETTER_STATES] = {
    [LETTER_DUE] = "to send", [LETTER_BEFORE] = "sent before", [LETTER_SENT] = "sent", [LETTER_LATER] = "not yet sent",
    [LETTER_REFUSED] = "refused", [LETTER_UNSURE] = "unsure", [LETTER_UNMADE] = "not made",
};

static void show_plan(const struct delivery *d)
{
    static const char *const titles[] = { "email", "name", "language", "file", "how", "state" };
    enum { COLUMNS = sizeof titles / sizeof *titles };
    struct table *table = table_new();
    struct buf out;
    for (size_t i = 0; i < COLUMNS; i++)
        table_add_column(table, titles[i], VALUE_TEXT, NULL);
    for (size_t i = 0; i < d->count; i++) {
        const struct parcel *p = &d->parcels[i];
        const char *how = is_attached(d, p->file) ? "attached" : d->url ? "linked" : "too large";
        const char *cells[COLUMNS] = { p->recipient->email, p->recipient->name, lang_tag(p->recipient->lang),
                                       p->file->name, how, states[d->letters[i].state] };
        table_add_row(table);
        for (size_t c = 0; c < COLUMNS; c++) {
            struct value cell = { .type = VALUE_TEXT, .text = arena_string(table_arena(table), cells[c]) };
            table_set(table, i, c, cell);
        }
    }
    buf_init(&out);
    print_table(table, (struct print_style){ .format = PRINT_TABLE }, &out);
    fputs(out.data, stdout);
    buf_drop(&out);
    table_drop(table);
}

static void show_sum(const struct delivery *d)
{
    size_t counts[LETTER_STATES] = { 0 };
    for (size_t i = 0; i < d->count; i++)
        counts[d->letters[i].state]++;
    printf("mail of run %s: %zu message%s", d->run->run, d->count, d->count == 1 ? "" : "s");
    for (int i = 0; i < LETTER_STATES; i++)
        if (counts[i])
            printf(", %zu %s", counts[i], states[i]);
    putchar('\n');
    fflush(stdout);
}

static void tell_wait(void *context, size_t letters, unsigned seconds)
{
    (void)context;
    fprintf(stderr, "mujaz: %zu message%s could not be sent yet; waiting %u s\n", letters, letters == 1 ? "" : "s",
            seconds);
}

static void tell_end(void *context)
{
    struct delivery *d = context;
    show_sum(d);
    d->code = exit_report(d->diags);
}

/* --- the whole --- */

static void judge_all(struct delivery *d, const struct mail_journal *journal, const struct post_rules *rules)
{
    for (size_t i = 0; i < d->count; i++)
        post_judge(journal, rules, &d->letters[i]);
}

static const char *journal_path(const struct delivery *d)
{
    return file_join(d->arena, d->out, ".mail.journal");
}

static enum exit_code plan(struct delivery *d)
{
    bool busy;
    struct mail_journal *journal = mail_journal_open(journal_path(d), MAIL_JOURNAL_READ, &busy, d->diags);
    if (journal) {
        judge_all(d, journal, &d->settings->rules);
        show_plan(d);
    }
    mail_journal_close(journal);
    return exit_report(d->diags);
}

static enum exit_code send(struct delivery *d, struct post_rules rules)
{
    struct smtp_server server = d->settings->server;
    bool busy = false;
    server.password = mail_settings_password(d->settings, d->arena, d->diags);
    struct mail_journal *journal =
        server.user && !server.password
            ? NULL
            : mail_journal_open(journal_path(d), MAIL_JOURNAL_WRITE, &busy, d->diags);
    if (busy) {
        fprintf(stderr, "mujaz: another delivery works in %s; this one does nothing\n", d->out);
        return EXIT_BUSY;
    }
    if (!journal)
        return exit_report(d->diags);
    const struct post post = { .server = &server, .from = d->settings->from, .rules = rules, .write = write_message,
                               .context = d, .waits = tell_wait, .done = tell_end };
    judge_all(d, journal, &rules);
    post_send(&post, journal, d->letters, d->count, d->arena, d->diags);
    mail_journal_close(journal);
    return d->code;
}

/* The run that is current now: its files are read by its own name, so that a switch meanwhile mixes nothing. */
static const struct manifest *read_run(const struct delivery *d)
{
    const char *path = file_join(d->arena, d->out, "current/manifest.json");
    if (!file_exists(path)) {
        diag_add(d->diags, DIAG_RUN_ABSENT, (struct place){ .file = d->out },
                 "no run was published here; 'mujaz nightly' publishes one");
        return NULL;
    }
    const struct manifest *run = manifest_read(path, d->arena, d->diags);
    if (run && run->run[0] && !run->run[strspn(run->run, "0123456789TZ-")])
        return run;
    if (run || !diags_errors(d->diags))
        diag_add(d->diags, DIAG_RUN_ABSENT, (struct place){ .file = path },
                 "it cannot be told from this what was published; 'mujaz nightly' publishes a new run");
    return NULL;
}

static bool prepare(struct delivery *d)
{
    size_t count = 0;
    const struct schedule *schedule = schedule_load(d->options->workspace, d->arena, d->diags);
    d->settings = schedule ? mail_settings_load(d->options->workspace, d->arena, d->diags) : NULL;
    if (!d->settings)
        return false;
    d->out = night_out(d->options, schedule);
    d->url = d->settings->url ? d->settings->url : schedule->site_url;
    d->run = read_run(d);
    const struct recipient *list = recipients_load(d->settings->recipients, d->options->workspace, &count, d->arena,
                                                   d->diags);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        d->locale[lang] = locale_new((enum lang)lang, DIGITS_LATN, MONTHS_IRAQI, d->diags);
    if (!d->run || !list || !d->locale[LANG_EN] || !d->locale[LANG_AR])
        return false;
    for (size_t i = 0; i < count; i++)
        address(d, &list[i]);
    return true;
}

enum exit_code cmd_deliver(const struct options *o)
{
    struct delivery d = { .options = o, .arena = arena_new(), .diags = diags_new() };
    enum exit_code code;
    if (!prepare(&d)) {
        code = exit_report(d.diags);
    } else if (o->dry_run) {
        code = plan(&d);
    } else {
        struct post_rules rules = d.settings->rules;
        rules.again |= o->again;
        code = send(&d, rules);
    }
    for (int lang = 0; lang < LANG_COUNT; lang++)
        locale_drop(d.locale[lang]);
    diags_drop(d.diags);
    arena_drop(d.arena);
    return code;
}
