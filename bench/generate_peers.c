/*
 * Makes the document that page builders are compared with: a briefing of SECTIONS sections, each with some 300 words
 * in each language, two charts, a table of 60 rows and a note, from the templates in bench/peers/.
 *
 *   FOLDER/datasets, FOLDER/reports/peers   the report as Mujaz has it, figures and SQL and all
 *   FOLDER/peers.tsv                        the same texts with every value in place, for the others
 *
 * Usage: generate_peers SECTIONS FOLDER      (from the project's root; SECTIONS 0: one line of text)
 *
 * The same SECTIONS give the same bytes on every machine: whole numbers only, no clock, no locale.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/lang.h"

enum { LISTS = 7, ROWS = 60, MOST_SECTIONS = 9999, COLUMNS = 8, FILE_LIMIT = 1 << 20 };

struct name {
    const char *in[LANG_COUNT];
};

static const struct name provinces[] = {
    { { "Anbar", "الأنبار" } },     { { "Babil", "بابل" } },          { { "Baghdad", "بغداد" } },
    { { "Basra", "البصرة" } },      { { "Dhi Qar", "ذي قار" } },      { { "Diyala", "ديالى" } },
    { { "Karbala", "كربلاء" } },    { { "Kirkuk", "كركوك" } },        { { "Maysan", "ميسان" } },
    { { "Muthanna", "المثنى" } },   { { "Najaf", "النجف" } },         { { "Nineveh", "نينوى" } },
    { { "Qadisiyah", "القادسية" } }, { { "Salah al-Din", "صلاح الدين" } }, { { "Wasit", "واسط" } },
};

static const struct name lists[LISTS + 2] = {
    { { "The Bridge", "قائمة الجسر" } },       { { "New Dawn", "الفجر الجديد" } },
    { { "State and Law", "الدولة والقانون" } }, { { "The Two Rivers", "تحالف الرافدين" } },
    { { "Progress", "كتلة التقدم" } },         { { "The Independents", "المستقلون" } },
    { { "Homeland", "تيار الوطن" } },          { { "The Palm Tree", "تجمع النخلة" } },
    { { "Building", "ائتلاف البناء" } },
};

static const struct name districts[] = {
    { { "Old Town", "المدينة القديمة" } }, { { "Riverside", "الضفة" } },   { { "North Gate", "الباب الشمالي" } },
    { { "East Quarter", "الحي الشرقي" } }, { { "Airport", "المطار" } },     { { "Palm Groves", "بساتين النخيل" } },
    { { "Market", "السوق" } },             { { "Canal", "القناة" } },       { { "Station", "المحطة" } },
    { { "Upper Fields", "الحقول العليا" } }, { { "University", "الجامعة" } }, { { "South Bridge", "الجسر الجنوبي" } },
};

static const char *const colours[LISTS] = { "#0B5563", "#7FB0B9", "#B85C1E", "#5B6C7D", "#8F7AA3", "#4E7D4F", "#B9BDC2" };

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* How a figure is printed. */
enum form { WHOLE, TENTHS, DAY, YEAR };

struct figure {
    const char *name;
    enum form form;
    uint32_t value; /* TENTHS: in tenths of a per cent; DAY and YEAR: 20231218 */
};

enum {
    F_DAY, REGISTERED, CENTRES, OBSERVERS, RECOUNTED, TURNOUT, EARLIER, BEFORE, SEATS, WOMEN, MINORITIES, WINNERS,
    SINCE, UNTIL, INCIDENTS, DEADLY, LISTED, FIRST_VOTES, FIRST_SEATS, SECOND_VOTES, SECOND_SEATS, FIGURES,
    OWN_FIGURES = FIRST_VOTES /* the columns of councils.csv */
};

static const struct figure figures[FIGURES] = {
    { "day", DAY, 0 },           { "registered", WHOLE, 0 }, { "centres", WHOLE, 0 },
    { "observers", WHOLE, 0 },   { "recounted", WHOLE, 0 },  { "turnout", TENTHS, 0 },
    { "earlier", TENTHS, 0 },    { "before", YEAR, 0 },      { "seats", WHOLE, 0 },
    { "women", WHOLE, 0 },       { "minorities", WHOLE, 0 }, { "winners", WHOLE, 0 },
    { "since", YEAR, 0 },        { "until", YEAR, 0 },       { "incidents", WHOLE, 0 },
    { "deadly", WHOLE, 0 },      { "listed", WHOLE, 0 },     { "first_votes", WHOLE, 0 },
    { "first_seats", WHOLE, 0 }, { "second_votes", WHOLE, 0 }, { "second_seats", WHOLE, 0 },
};

struct list {
    const struct name *name;
    uint32_t votes, seats;
};

struct row {
    const struct name *district;
    uint32_t round; /* the district's number, since there are fewer names than rows */
    const struct name *list;
    uint32_t votes, turnout;
};

struct section {
    unsigned number; /* from 1 on */
    const struct name *province;
    uint32_t values[FIGURES];
    struct list lists[LISTS]; /* most votes first */
    struct row rows[ROWS];
};

/* What is written, all at once when it is complete. */
struct output {
    struct buf councils, lists, districts, definition, texts[LANG_COUNT], plain;
    const char *templates[LANG_COUNT], *figures, *charts, *tables;
};

/* --- numbers ------------------------------------------------------------------------------------------------ */

/* xorshift64* (Vigna 2016): low to high, each as often. */
static uint32_t between(uint64_t *state, uint32_t low, uint32_t high)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    uint64_t random = (*state * UINT64_C(0x2545F4914F6CDD1D)) >> 32;
    return low + (uint32_t)((random * (high - low + 1)) >> 32);
}

static int by_votes(const void *a, const void *b)
{
    const struct list *x = a, *y = b;
    return x->votes < y->votes ? 1 : x->votes > y->votes ? -1 : 0;
}

static void fill_lists(struct section *s, uint64_t *state)
{
    uint32_t all = 0, given = 0, start = between(state, 0, COUNT(lists) - 1);
    for (unsigned i = 0; i < LISTS; i++) {
        s->lists[i].name = &lists[(start + i) % COUNT(lists)];
        /* the number in the last digits parts equal ones */
        s->lists[i].votes = between(state, 900, 30000) * 10 + i;
        all += s->lists[i].votes;
    }
    qsort(s->lists, LISTS, sizeof *s->lists, by_votes);
    for (unsigned i = LISTS; i-- > 1;) {
        uint32_t seats = (uint32_t)((uint64_t)s->values[SEATS] * s->lists[i].votes / all);
        s->lists[i].seats = seats ? seats : 1;
        given += s->lists[i].seats;
    }
    s->lists[0].seats = s->values[SEATS] - given;
    s->values[FIRST_VOTES] = s->lists[0].votes;
    s->values[FIRST_SEATS] = s->lists[0].seats;
    s->values[SECOND_VOTES] = s->lists[1].votes;
    s->values[SECOND_SEATS] = s->lists[1].seats;
}

static void fill_section(struct section *s, unsigned number)
{
    static const uint32_t least[OWN_FIGURES] = {
        [REGISTERED] = 400000, [CENTRES] = 210, [OBSERVERS] = 1100, [RECOUNTED] = 11, [TURNOUT] = 310,
        [EARLIER] = 350, [SEATS] = 24, [WOMEN] = 6, [MINORITIES] = 1, [INCIDENTS] = 40, [DEADLY] = 5, [LISTED] = 3,
    };
    static const uint32_t most[OWN_FIGURES] = {
        [REGISTERED] = 5200000, [CENTRES] = 1900, [OBSERVERS] = 9800, [RECOUNTED] = 96, [TURNOUT] = 589,
        [EARLIER] = 619, [SEATS] = 52, [WOMEN] = 14, [MINORITIES] = 3, [INCIDENTS] = 930, [DEADLY] = 39, [LISTED] = 38,
    };
    uint64_t state = UINT64_C(0x9E3779B97F4A7C15) * number;
    between(&state, 0, 0); /* the first one still shows the seed */
    s->number = number;
    s->province = &provinces[(number - 1) % COUNT(provinces)];
    for (int i = 0; i < OWN_FIGURES; i++)
        s->values[i] = between(&state, least[i], most[i]);
    s->values[F_DAY] = 20231201 + between(&state, 0, 27);
    s->values[BEFORE] = 20130420;
    s->values[SINCE] = 20190101 + 10000 * between(&state, 0, 1);
    s->values[UNTIL] = 20241231 + 10000 * between(&state, 0, 1);
    s->values[WINNERS] = LISTS;
    fill_lists(s, &state);
    for (unsigned i = 0; i < ROWS; i++)
        s->rows[i] = (struct row){ &districts[i % COUNT(districts)], 1 + i / (uint32_t)COUNT(districts),
                                   s->lists[between(&state, 0, LISTS - 1)].name, between(&state, 900, 48000),
                                   between(&state, 200, 749) };
}

/* --- numbers as they are printed ---------------------------------------------------------------------------- */

static void add_whole(struct buf *out, uint32_t value)
{
    if (value >= 1000000)
        buf_printf(out, "%u,%03u,%03u", value / 1000000, value / 1000 % 1000, value % 1000);
    else if (value >= 1000)
        buf_printf(out, "%u,%03u", value / 1000, value % 1000);
    else
        buf_printf(out, "%u", value);
}

static void add_tenths(struct buf *out, uint32_t value)
{
    buf_printf(out, "%u.%u", value / 10, value % 10);
}

static void add_value(struct buf *out, enum form form, uint32_t value, enum lang lang)
{
    switch (form) {
    case WHOLE:
        add_whole(out, value);
        return;
    case TENTHS:
        add_tenths(out, value);
        return;
    case DAY:
        buf_printf(out, lang == LANG_EN ? "%u December " : "%u كانون الأول ", value % 100);
        break;
    case YEAR:
        break;
    }
    buf_printf(out, "%u", value / 10000);
}

static void add_iso_day(struct buf *out, uint32_t day)
{
    buf_printf(out, "%04u-%02u-%02u", day / 10000, day / 100 % 100, day % 100);
}

/* --- templates ------------------------------------------------------------------------------------------------ */

/* The template with @n@, @name@, @first@ and @second@ in place. */
static void expand(struct buf *out, const char *template, const struct section *s, enum lang lang)
{
    for (const char *at; (at = strchr(template, '@')); template = strchr(at + 1, '@') + 1) {
        buf_add(out, template, (size_t)(at - template));
        if (at[1] == 'f')
            buf_add_string(out, s->lists[0].name->in[lang]);
        else if (at[1] == 's')
            buf_add_string(out, s->lists[1].name->in[lang]);
        else if (at[2] == 'a')
            buf_add_string(out, s->province->in[lang]);
        else
            buf_printf(out, "%u", s->number);
    }
    buf_add_string(out, template);
}

/* "{name_12, number, points1}" as it is printed; the text behind it. */
static const char *add_figure(struct buf *out, const char *at, const struct section *s, enum lang lang)
{
    const char *end = strchr(at, '}');
    for (int i = 0; i < FIGURES; i++) {
        size_t length = strlen(figures[i].name);
        if (strncmp(at + 1, figures[i].name, length) == 0 && at[length + 1] == '_' && at[length + 2] < 'a')
            add_value(out, figures[i].form, s->values[i], lang);
    }
    return end + 1;
}

/* A line of Markdown as its words: figures are values, a note's mark is a raised 1, a link is its text. */
static void add_words(struct buf *out, const char *line, const struct section *s, enum lang lang)
{
    while (*line && *line != '\n') {
        if (*line == '{') {
            line = add_figure(out, line, s, lang);
        } else if (line[0] == '[' && line[1] == '^') {
            buf_add_string(out, "¹");
            line = strchr(line, ']') + 1;
        } else if (line[0] == ']' && line[1] == '(') {
            line = strchr(line, ')') + 1;
        } else if (line[0] == ' ' && line[1] == '{' && line[2] == '#') {
            return;
        } else {
            if (*line != '[')
                buf_add_char(out, *line);
            line++;
        }
    }
}

/* --- for the others: records of COLUMNS fields, parted by tabs -------------------------------------------------- */

static void end_record(struct buf *out, int fields)
{
    while (fields++ < COLUMNS)
        buf_add_char(out, '\t');
    buf_add_char(out, '\n');
}

/* L: name, votes as a number and as printed, seats, colour. */
static void add_list_records(struct buf *out, const struct section *s)
{
    for (int i = 0; i < LISTS; i++) {
        const struct list *l = &s->lists[i];
        buf_printf(out, "L\t%s\t%s\t%u\t", l->name->in[LANG_EN], l->name->in[LANG_AR], l->votes);
        add_whole(out, l->votes);
        buf_printf(out, "\t%u\t%s", l->seats, colours[i]);
        end_record(out, 7);
    }
}

/* R: number, district, list, votes, turnout; where they differ, English first. */
static void add_row_records(struct buf *out, const struct section *s)
{
    for (unsigned i = 0; i < ROWS; i++) {
        const struct row *r = &s->rows[i];
        buf_printf(out, "R\t%u\t%s %u\t%s %u\t%s\t%s\t", i + 1, r->district->in[LANG_EN], r->round,
                   r->district->in[LANG_AR], r->round, r->list->in[LANG_EN], r->list->in[LANG_AR]);
        add_whole(out, r->votes);
        buf_add_char(out, '\t');
        add_tenths(out, r->turnout);
        buf_add_char(out, '%');
        end_record(out, 8);
    }
}

/* A record of both texts of a line, and a link's address. */
static void add_text_record(struct buf *out, char kind, const char *const lines[LANG_COUNT], const struct section *s)
{
    buf_add_char(out, kind);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        buf_add_char(out, '\t');
        add_words(out, lines[lang], s, (enum lang)lang);
    }
    const char *end = strchr(lines[LANG_EN], '\n'), *link = strstr(lines[LANG_EN], "](http");
    if (link && link < end)
        buf_printf(out, "\t%.*s", (int)(strchr(link, ')') - link - 2), link + 2);
    else
        buf_add_char(out, '\t');
    end_record(out, 4);
}

/* S, H: headings; P: a paragraph; V, Z: charts of votes and seats, each with its lists; D: a table with its rows;
 * N: a note. */
static void add_line_records(struct buf *out, const char *const lines[LANG_COUNT], const struct section *s)
{
    const char *en = lines[LANG_EN];
    static const struct {
        const char *start;
        size_t skip;
        char kind;
    } kinds[] = { { "## ", 3, 'S' }, { "### ", 4, 'H' }, { "![", 2, 'D' }, { "[^", 2, 'N' }, { "", 0, 'P' } };
    size_t k = 0;
    while (strncmp(en, kinds[k].start, strlen(kinds[k].start)) != 0)
        k++;
    char kind = kinds[k].kind;
    const char *rest[LANG_COUNT];
    for (int lang = 0; lang < LANG_COUNT; lang++)
        rest[lang] = kind == 'N' ? strstr(lines[lang], "]: ") + 3 : lines[lang] + kinds[k].skip;
    if (kind == 'D')
        kind = strncmp(strstr(en, "]("), "](chart:v", 9) == 0 ? 'V' : strncmp(strstr(en, "]("), "](chart", 7) == 0 ? 'Z' : 'D';
    add_text_record(out, kind, rest, s);
    if (kind == 'V' || kind == 'Z')
        add_list_records(out, s);
    else if (kind == 'D')
        add_row_records(out, s);
}

static void add_records(struct output *o, const size_t starts[LANG_COUNT], const struct section *s)
{
    const char *lines[LANG_COUNT];
    for (int lang = 0; lang < LANG_COUNT; lang++)
        lines[lang] = o->texts[lang].data + starts[lang];
    while (*lines[LANG_EN]) {
        if (*lines[LANG_EN] != '\n')
            add_line_records(&o->plain, lines, s);
        for (int lang = 0; lang < LANG_COUNT; lang++)
            lines[lang] = strchr(lines[lang], '\n') + 1;
    }
}

/* --- for Mujaz ------------------------------------------------------------------------------------------------ */

static void add_csv_rows(struct output *o, const struct section *s)
{
    buf_printf(&o->councils, "%u", s->number);
    for (int i = 0; i < OWN_FIGURES; i++) {
        buf_add_char(&o->councils, ',');
        if (figures[i].form == DAY || figures[i].form == YEAR)
            add_iso_day(&o->councils, s->values[i]);
        else if (figures[i].form == TENTHS)
            buf_printf(&o->councils, "0.%03u", s->values[i]);
        else
            buf_printf(&o->councils, "%u", s->values[i]);
    }
    buf_add_char(&o->councils, '\n');
    for (unsigned i = 0; i < LISTS; i++)
        buf_printf(&o->lists, "%u,%u,%s,%s,%u,%u\n", s->number, i + 1, s->lists[i].name->in[LANG_EN],
                   s->lists[i].name->in[LANG_AR], s->lists[i].votes, s->lists[i].seats);
    for (unsigned i = 0; i < ROWS; i++) {
        const struct row *r = &s->rows[i];
        buf_printf(&o->districts, "%u,%u,%s %u,%s %u,%s,%s,%u,0.%03u\n", s->number, i + 1, r->district->in[LANG_EN],
                   r->round, r->district->in[LANG_AR], r->round, r->list->in[LANG_EN], r->list->in[LANG_AR], r->votes,
                   r->turnout);
    }
}

static void add_section(struct output *o, unsigned number)
{
    struct section s;
    size_t starts[LANG_COUNT];
    fill_section(&s, number);
    add_csv_rows(o, &s);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        starts[lang] = o->texts[lang].length;
        expand(&o->texts[lang], o->templates[lang], &s, (enum lang)lang);
        buf_add_char(&o->texts[lang], '\n');
    }
    add_records(o, starts, &s);
}

static void add_part(struct output *o, const char *key, const char *template, unsigned sections)
{
    struct section s;
    buf_add_string(&o->definition, key);
    for (unsigned i = 1; i <= sections; i++) {
        fill_section(&s, i);
        expand(&o->definition, template, &s, LANG_EN);
    }
}

static void make_all(struct output *o, unsigned sections)
{
    static const char *const empty[LANG_COUNT] = { "No council was elected.\n", "لم يُنتخب أي مجلس.\n" };
    static const char *const contents[LANG_COUNT] = { "![Contents](contents:)\n\n", "![المحتويات](contents:)\n\n" };
    buf_add_string(&o->plain, "T\tIraq: the provincial councils\tالعراق: مجالس المحافظات");
    end_record(&o->plain, 3);
    for (int i = 0; i < OWN_FIGURES; i++)
        buf_printf(&o->councils, "%s%s", i ? "," : "id,", figures[i].name);
    buf_add_string(&o->councils, "\n");
    buf_add_string(&o->lists, "council,place,name_en,name_ar,votes,seats\n");
    buf_add_string(&o->districts, "council,no,name_en,name_ar,list_en,list_ar,votes,turnout\n");
    for (int lang = 0; lang < LANG_COUNT; lang++)
        buf_add_string(&o->texts[lang], sections ? contents[lang] : empty[lang]);
    if (!sections)
        add_text_record(&o->plain, 'P', empty, NULL);
    for (unsigned i = 1; i <= sections; i++)
        add_section(o, i);
    if (!sections)
        return;
    add_part(o, "figures:\n", o->figures, sections);
    add_part(o, "charts:\n", o->charts, sections);
    add_part(o, "tables:\n", o->tables, sections);
}

/* --- files ------------------------------------------------------------------------------------------------------ */

static void fail(const char *what)
{
    fprintf(stderr, "generate_peers: %s: %s\n", what, strerror(errno));
    exit(1);
}

static const char *template(struct arena *arena, const char *name)
{
    struct diags *diags = diags_new();
    size_t length;
    const char *text = file_read_text(file_join(arena, "bench/peers", name), FILE_LIMIT, arena, &length, diags);
    if (!text)
        fail(name);
    diags_drop(diags);
    return text;
}

static void write_all(const char *folder, const char *name, const char *text, struct arena *arena)
{
    const char *path = file_join(arena, folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fputs(text, file) < 0 || fclose(file) != 0)
        fail(path);
}

static void make_folder(const char *folder, const char *name, struct arena *arena)
{
    const char *path = file_join(arena, folder, name);
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        fail(path);
}

static void write_output(const struct output *o, const char *folder, unsigned sections, struct arena *arena)
{
    make_folder(folder, "reports", arena);
    make_folder(folder, "reports/peers", arena);
    make_folder(folder, "datasets", arena);
    make_folder(folder, "datasets/elections", arena);
    if (sections) {
        write_all(folder, "datasets/elections/datapackage.json", template(arena, "datapackage.json"), arena);
        write_all(folder, "datasets/elections/councils.csv", o->councils.data, arena);
        write_all(folder, "datasets/elections/lists.csv", o->lists.data, arena);
        write_all(folder, "datasets/elections/districts.csv", o->districts.data, arena);
    }
    write_all(folder, "reports/peers/report.yaml", o->definition.data, arena);
    write_all(folder, "reports/peers/en.md", o->texts[LANG_EN].data, arena);
    write_all(folder, "reports/peers/ar.md", o->texts[LANG_AR].data, arena);
    write_all(folder, "peers.tsv", o->plain.data, arena);
}

int main(int argc, char **argv)
{
    char *end = "x";
    unsigned long sections = argc == 3 ? strtoul(argv[1], &end, 10) : 0;
    if (*end || sections > MOST_SECTIONS) {
        fputs("usage: generate_peers SECTIONS FOLDER\n", stderr);
        return 2;
    }
    struct arena *arena = arena_new();
    struct output o = { .templates = { template(arena, "section.en.md"), template(arena, "section.ar.md") } };
    struct buf *all[] = { &o.councils, &o.lists, &o.districts, &o.definition, &o.texts[0], &o.texts[1], &o.plain };
    for (size_t i = 0; i < COUNT(all); i++)
        buf_init(all[i]);
    o.figures = template(arena, "figures.yaml");
    o.charts = template(arena, "charts.yaml");
    o.tables = template(arena, "tables.yaml");
    buf_add_string(&o.definition, template(arena, "front.yaml"));
    buf_add_string(&o.definition, sections ? "datasets: [elections]\n" : "datasets: []\n");
    make_all(&o, (unsigned)sections);
    write_output(&o, argv[2], (unsigned)sections, arena);
    for (size_t i = 0; i < COUNT(all); i++)
        buf_drop(all[i]);
    arena_drop(arena);
    return 0;
}
