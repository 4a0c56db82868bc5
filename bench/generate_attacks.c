/*
 * Makes the benchmark's workspace: FOLDER/datasets/attacks with a table of invented attacks, labels of the actors,
 * and a schema that gives every cell something to be checked against.
 *
 * Usage: generate_attacks ROWS FOLDER
 *
 * The same ROWS give the same bytes on every machine, so that figures of two nights compare: whole numbers only,
 * no clock, no locale. It knows nothing of how datasets are read; a mistake in the reader must not hide here.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"

enum { ACTORS = 40, DAYS = 3652, FIRST_YEAR = 2014, FLUSH_BYTES = 1 << 20 };

/* One of several texts; of 100 rows, `weight` have it. */
struct choice {
    const char *text;
    unsigned weight;
};

static const struct governorate {
    const char *name;
    unsigned weight;
    int lat, lon; /* of its town, in 1/10000 degree */
} governorates[] = {
    { "Anbar", 13, 334300, 433000 },       { "Babil", 5, 324700, 444200 },
    { "Baghdad", 22, 333200, 443700 },     { "Basra", 6, 305100, 477800 },
    { "Dhi Qar", 2, 310600, 462600 },      { "Diyala", 11, 337500, 446400 },
    { "Duhok", 1, 368700, 430000 },        { "Erbil", 2, 361900, 440100 },
    { "Halabja", 1, 351800, 459900 },      { "Karbala", 2, 326100, 440200 },
    { "Kirkuk", 8, 354700, 443900 },       { "Maysan", 1, 318400, 471400 },
    { "Muthanna", 1, 313100, 452800 },     { "Najaf", 1, 320300, 443400 },
    { "Nineveh", 15, 363400, 431300 },     { "Qadisiyah", 1, 319900, 449300 },
    { "Salah al-Din", 5, 346000, 436800 }, { "Sulaymaniyah", 2, 355600, 454300 },
    { "Wasit", 1, 325100, 458200 },
};

static const char *const targets[] = { "army",   "checkpoint",     "civilian", "government",
                                       "market", "infrastructure", "police",   "shrine" };
static const char *const weapons[] = { "IDF", "IED", "SAF", "SVEST", "UAV", "VBIED" };

/* Notes as they stand in the file, quotes included: every way to write a field. */
static const struct choice notes[] = {
    { "", 25 },
    { "Patrol struck by a roadside device", 6 },
    { "Shots fired at the eastern bridge", 6 },
    { "Rockets fell on open ground", 6 },
    { "Engineers cleared a second device", 6 },
    { "Nobody has claimed the attack yet", 6 },
    { "\"Three officers wounded, one killed, police sources say\"", 5 },
    { "\"Parked car exploded between the bakery, the bank and the clinic\"", 5 },
    { "\"Reported by the governor, the hospital, two witnesses\"", 5 },
    { "\"Claimed in a statement, not confirmed, by a northern cell\"", 5 },
    { "عبوة ناسفة استهدفت دورية للشرطة", 3 },
    { "إطلاق نار على نقطة تفتيش شمال المدينة", 3 },
    { "\"سيارة مفخخة في سوق شعبي، ٧ قتلى و 15 جريحا, بحسب مصدر طبي\"", 3 },
    { "\"هجوم على مقر حكومي، قضاء Sinjar, محافظة نينوى\"", 3 },
    { "\"First word: a blast.\nSecond word: 4 dead, 9 wounded.\"", 2 },
    { "\"الخبر الأول: انفجار قرب الجسر\nالخبر الثاني: قطع الطريق, ونقل المصابين\"", 2 },
    { "\"Above the gap\n\nBelow the gap, after an empty line\"", 2 },
    { "\"Printed elsewhere.\r\nTwo lines, as Windows ends them.\"", 2 },
    { "\"The mayor spoke of \"\"a black day\"\" for the town\"", 3 },
    { "\"A cell named \"\"الراية\"\", says its own leaflet\"", 2 },
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* xorshift64* (Vigna 2016). */
static uint32_t next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (uint32_t)((*state * UINT64_C(0x2545F4914F6CDD1D)) >> 32);
}

/* 0 to count - 1, each as often. */
static uint32_t below(uint64_t *state, uint32_t count)
{
    return (uint32_t)(((uint64_t)next_random(state) * count) >> 32);
}

/* Few actors do most: actor n has the weight 1 / (n + 1.5), as in Zipf's law. */
static unsigned pick_actor(uint64_t *state)
{
    enum { UNIT = 1000000 };
    uint32_t all = 0, at;
    for (unsigned i = 0; i < ACTORS; i++)
        all += UNIT / (2 * i + 3);
    at = below(state, all);
    for (unsigned i = 0; i < ACTORS; i++) {
        if (at < UNIT / (2 * i + 3))
            return i;
        at -= UNIT / (2 * i + 3);
    }
    return ACTORS - 1;
}

static const struct governorate *pick_governorate(uint64_t *state)
{
    uint32_t at = below(state, 100);
    const struct governorate *g = governorates;
    for (; at >= g->weight; g++)
        at -= g->weight;
    return g;
}

static const char *pick_note(uint64_t *state)
{
    uint32_t at = below(state, 100);
    const struct choice *note = notes;
    for (; at >= note->weight; note++)
        at -= note->weight;
    return note->text;
}

static void add_number(struct buf *out, uint64_t number)
{
    char digits[20];
    size_t first = sizeof digits;
    do
        digits[--first] = (char)('0' + number % 10);
    while (number /= 10);
    buf_add(out, digits + first, sizeof digits - first);
}

static void add_padded(struct buf *out, unsigned number, unsigned digits)
{
    for (unsigned unit = digits == 4 ? 1000 : 10; unit; unit /= 10)
        buf_add_char(out, (char)('0' + number / unit % 10));
}

/* Day 0 is the first of January of the first year. */
static void add_date(struct buf *out, unsigned day)
{
    static const unsigned char lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    unsigned year = FIRST_YEAR, month = 0;
    for (;;) {
        unsigned length = lengths[month] + (month == 1 && year % 4 == 0); /* no full century in these years */
        if (day < length)
            break;
        day -= length;
        month = (month + 1) % 12;
        year += month == 0;
    }
    add_padded(out, year, 4);
    buf_add_char(out, '-');
    add_padded(out, month + 1, 2);
    buf_add_char(out, '-');
    add_padded(out, day + 1, 2);
}

static void add_actor(struct buf *out, unsigned actor)
{
    buf_add_string(out, "group-");
    add_padded(out, actor, 2);
}

static void add_degrees(struct buf *out, int parts)
{
    add_number(out, (unsigned)parts / 10000);
    buf_add_char(out, '.');
    add_padded(out, (unsigned)parts % 10000, 4);
}

/* Mostly none or few, now and then very many; `unknown` of 100 are empty. */
static void add_people(struct buf *out, uint64_t *state, uint32_t unknown, uint32_t none, uint32_t few)
{
    uint32_t at = below(state, 100);
    if (below(state, 100) < unknown)
        return;
    if (at < none)
        buf_add_char(out, '0');
    else if (at < none + few)
        add_number(out, 1 + below(state, 6));
    else if (at < 99)
        add_number(out, 5 + below(state, 20));
    else
        add_number(out, 20 + below(state, 80));
}

static void add_row(struct buf *out, uint64_t *state, uint64_t row, uint64_t rows)
{
    const struct governorate *where = pick_governorate(state);

    add_number(out, row + 1);
    buf_add_char(out, ',');
    /* In the order of days, as reports come in: up to a month late. */
    add_date(out, (unsigned)(row * (DAYS - 31) / rows) + below(state, 31));
    buf_add_char(out, ',');
    buf_add_string(out, where->name);
    buf_add_char(out, ',');
    add_actor(out, pick_actor(state));
    buf_add_char(out, ',');
    buf_add_string(out, targets[below(state, COUNT(targets))]);
    buf_add_char(out, ',');
    buf_add_string(out, weapons[below(state, COUNT(weapons))]);
    buf_add_char(out, ',');
    add_people(out, state, 3, 55, 35);
    buf_add_char(out, ',');
    add_people(out, state, 5, 40, 45);
    buf_add_char(out, ',');
    add_degrees(out, where->lat - 4000 + (int)below(state, 8000));
    buf_add_char(out, ',');
    add_degrees(out, where->lon - 4000 + (int)below(state, 8000));
    buf_add_char(out, ',');
    buf_add_string(out, pick_note(state));
    buf_add_char(out, '\n');
}

/* A list of texts in JSON; none of ours needs an escape. */
static void add_text(struct buf *out, size_t index, const char *text)
{
    buf_printf(out, "%s\"%s\"", index ? ", " : "[", text);
}

static void add_attacks_fields(struct buf *out)
{
    buf_add_string(out,
        "      {\"name\": \"id\", \"type\": \"integer\", \"constraints\": {\"required\": true, \"minimum\": 1}},\n"
        "      {\"name\": \"date\", \"type\": \"date\", \"constraints\": {\"required\": true}},\n"
        "      {\"name\": \"governorate\", \"type\": \"string\", \"constraints\": {\"required\": true, \"enum\": ");
    for (size_t i = 0; i < COUNT(governorates); i++)
        add_text(out, i, governorates[i].name);
    buf_add_string(out, "]}},\n"
        "      {\"name\": \"actor\", \"type\": \"string\", \"constraints\": {\"required\": true}},\n"
        "      {\"name\": \"target_type\", \"type\": \"string\", \"constraints\": {\"required\": true, \"enum\": ");
    for (size_t i = 0; i < COUNT(targets); i++)
        add_text(out, i, targets[i]);
    buf_add_string(out, "]}},\n"
        "      {\"name\": \"weapon\", \"type\": \"string\", \"constraints\": {\"required\": true, \"enum\": ");
    for (size_t i = 0; i < COUNT(weapons); i++)
        add_text(out, i, weapons[i]);
    buf_add_string(out, "]}},\n"
        "      {\"name\": \"killed\", \"type\": \"integer\", \"constraints\": {\"minimum\": 0}},\n"
        "      {\"name\": \"wounded\", \"type\": \"integer\", \"constraints\": {\"minimum\": 0}},\n"
        "      {\"name\": \"lat\", \"type\": \"number\",\n"
        "       \"constraints\": {\"required\": true, \"minimum\": 29, \"maximum\": 38}},\n"
        "      {\"name\": \"lon\", \"type\": \"number\",\n"
        "       \"constraints\": {\"required\": true, \"minimum\": 38, \"maximum\": 49}},\n"
        "      {\"name\": \"note\", \"type\": \"string\"}");
}

static void add_package(struct buf *out)
{
    buf_add_string(out,
        "{\n"
        "  \"$schema\": \"https://datapackage.org/profiles/2.0/datapackage.json\",\n"
        "  \"name\": \"attacks\",\n"
        "  \"title\": \"Invented attacks, to measure with\",\n"
        "  \"resources\": [\n"
        "    {\"name\": \"attacks\", \"type\": \"table\", \"path\": \"attacks.csv\", \"schema\": {\"fields\": [\n");
    add_attacks_fields(out);
    buf_add_string(out, "],\n"
        "      \"primaryKey\": [\"id\"],\n"
        "      \"foreignKeys\": [{\"fields\": [\"actor\"],\n"
        "                       \"reference\": {\"resource\": \"actor-labels\", \"fields\": [\"actor\"]}}]}},\n"
        "    {\"name\": \"actor-labels\", \"type\": \"table\", \"path\": \"actor-labels.csv\", \"schema\": {\"fields\": [\n"
        "      {\"name\": \"actor\", \"type\": \"string\", \"constraints\": {\"required\": true}},\n"
        "      {\"name\": \"label_en\", \"type\": \"string\", \"constraints\": {\"required\": true}},\n"
        "      {\"name\": \"label_ar\", \"type\": \"string\", \"constraints\": {\"required\": true}}],\n"
        "      \"primaryKey\": [\"actor\"]}}\n"
        "  ]\n"
        "}\n");
}

static void add_labels(struct buf *out)
{
    buf_add_string(out, "actor,label_en,label_ar\n");
    for (unsigned i = 0; i < ACTORS; i++) {
        add_actor(out, i);
        buf_printf(out, ",\"Group %u, branch %u\",\"المجموعة %u، الفرع %u\"\n", i, i % 4 + 1, i, i % 4 + 1);
    }
}

static void give_up(const char *path)
{
    fprintf(stderr, "generate_attacks: %s: %s\n", path, strerror(errno));
    exit(1);
}

static void flush(struct buf *out, FILE *file, const char *path)
{
    if (fwrite(out->data, 1, out->length, file) != out->length)
        give_up(path);
    buf_clear(out);
}

/* One file of the dataset; `rows` of attacks behind what `out` holds. */
static void write_file(struct buf *out, const char *folder, const char *name, uint64_t rows)
{
    uint64_t state = UINT64_C(0x9E3779B97F4A7C15); /* any but 0 */
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file)
        give_up(path);
    for (uint64_t row = 0; row < rows; row++) {
        add_row(out, &state, row, rows);
        if (out->length >= FLUSH_BYTES)
            flush(out, file, path);
    }
    flush(out, file, path);
    if (fclose(file) != 0)
        give_up(path);
}

static void make_folder(const char *path)
{
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        give_up(path);
}

int main(int argc, char **argv)
{
    char folder[4000];
    struct buf out;
    char *end = NULL;
    uint64_t rows = argc == 3 ? strtoull(argv[1], &end, 10) : 0;

    if (rows == 0 || *end || strlen(argv[2]) > sizeof folder - 32) {
        fputs("usage: generate_attacks ROWS FOLDER   (writes FOLDER/datasets/attacks)\n", stderr);
        return 2;
    }
    make_folder(argv[2]);
    snprintf(folder, sizeof folder, "%s/datasets", argv[2]);
    make_folder(folder);
    snprintf(folder, sizeof folder, "%s/datasets/attacks", argv[2]);
    make_folder(folder);

    buf_init(&out);
    add_package(&out);
    write_file(&out, folder, "datapackage.json", 0);
    add_labels(&out);
    write_file(&out, folder, "actor-labels.csv", 0);
    buf_add_string(&out, "id,date,governorate,actor,target_type,weapon,killed,wounded,lat,lon,note\n");
    write_file(&out, folder, "attacks.csv", rows);
    buf_drop(&out);
    return 0;
}
