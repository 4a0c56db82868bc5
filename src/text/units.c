/*
 * Where lines may break: Unicode's opportunities, our own rules of what stays together, hyphenation. Units are cut
 * there; and the visual order of a line's units. Knows nothing of widths but whether a word is wider than a line.
 */
#include "text/job.h"

#include "base/utf8.h"
#include "text/bidi.h"
#include "text/opportunities.h"

#include <string.h>

/* --- opportunities --- */

static void keep(uint8_t *places, uint32_t start, uint32_t end)
{
    if (end > start + 1)
        memset(places + start + 1, KEPT, end - start - 1);
}

/* No line ends at a hyphen inside a word ("al-Sudani"): readers of the file would join its halves into
 * another word, since a hyphen at a line's end is taken for one that hyphenation put there. */
static void keep_hyphens(const struct job *job, uint8_t *places)
{
    for (uint32_t i = 0; i + 1 < job->length; i++)
        if (job->text[i] == '-')
            keep(places, i, i + 2);
}

/* Nothing else than its marks parts an address: no scheme stands alone. */
static void part_addresses(const struct job *job, uint8_t *places)
{
    const char *end = job->text + job->length, *rest;
    for (const char *word = job->text; (rest = text_address(word, (size_t)(end - word)));) {
        for (word = rest; word < end && !strchr(" \t\n", *word) && strncmp(word, "\xE2\x81\xA9", 3) != 0;)
            word++; /* or to the end of its isolate */
        if (places[rest - job->text] != NO_BREAK)
            places[rest - job->text] = KEPT;
        for (const char *at = rest + 1; at < word; at++)
            if (text_address_breaks(rest, word, at))
                places[at - job->text] = at[-1] == '/' ? LINE_BREAK : TIED_BREAK;
            else if (places[at - job->text] == LINE_BREAK)
                places[at - job->text] = CHAR_BREAK;
    }
}

/* A note's number stays with the word before it. */
static void keep_notes(const struct job *job, uint8_t *places)
{
    for (size_t i = 0; i < job->span_count; i++)
        if (job->spans[i].attribute == TEXT_SUPERSCRIPT && job->spans[i].start > 0)
            keep(places, job_back_from(job, job->spans[i].start, 2), job->spans[i].end);
}

static bool is_letter_at(const struct job *job, uint32_t offset)
{
    const char *p = job->text + offset;
    enum bidi_class class = bidi_class_of(utf8_next(&p));
    return class == BIDI_LEFT || class == BIDI_RIGHT;
}

static int letters_from(const struct job *job, uint32_t offset)
{
    int letters = 0;
    for (; offset < job->length; offset++)
        letters += (job->text[offset] & 0xC0) != 0x80 && is_letter_at(job, offset);
    return letters;
}

/* No paragraph ends in a line of a few letters: it looks lost, and a reader that tells a line's direction from
 * its letters may tell a short one wrong. Columns of a table are too narrow for that. */
static void keep_tail(const struct job *job, uint8_t *places)
{
    enum { TAIL = 8, LETTERS = 6 };
    uint32_t tail = job_back_from(job, job->length, TAIL);
    for (int letters = letters_from(job, tail); tail > 0 && letters < LETTERS;) {
        tail = job_back_from(job, tail, 1);
        letters += is_letter_at(job, tail);
    }
    if (!job_is_narrow(job) && tail > 0)
        keep(places, tail, job->length);
}

/* Whether a note's number stands before the space that ends at `offset`; it counts nothing. */
static bool follows_note(const struct job *job, uint32_t offset)
{
    uint32_t last = job_back_from(job, offset, 2);
    for (size_t i = 0; i < job->span_count; i++)
        if (job->spans[i].attribute == TEXT_SUPERSCRIPT && job->spans[i].start <= last && last < job->spans[i].end)
            return true;
    return false;
}

static void tie(const struct job *job, uint8_t *places)
{
    for (uint32_t i = 1; i < job->length; i++)
        if (places[i] == LINE_BREAK) {
            enum tie tie = tie_at(job, i);
            bool loose = tie == TIE_LOOSE && !follows_note(job, i);
            places[i] = tie == TIE_FAST ? KEPT : loose ? TIED_BREAK : LINE_BREAK;
        }
}

static uint8_t *opportunities_of(const struct job *job)
{
    uint8_t *places = arena_alloc(job->scratch, job->length + 1);
    if (!opportunities_of_plain(job->text, job->length, places))
        opportunities_by_pango(job->text, job->length, job->style->lang, job->scratch, places);
    keep_hyphens(job, places);
    part_addresses(job, places);
    keep_notes(job, places);
    keep_tail(job, places);
    tie(job, places);
    return places;
}

/* --- hyphenation --- */

static bool is_small_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Words in small letters, perhaps between quotes or before a comma: names, abbreviations and compounds with a
 * hyphen of their own stay whole, and so do inserted values, which stand in isolates, and "section" before its number:
 * what a no-break space ties to the next word. */
static void add_hyphens(const struct job *job, const struct unit *unit, uint8_t *places)
{
    const char *word = job->text + unit->start;
    size_t length = unit->end - unit->start, from = 0, to;
    bool found[HYPHENS_WORD_MAX];
    if (unit->kind != UNIT_WORD || unit->piece.start > 0 || unit->piece.end < unit->piece.length ||
        (unit->end + 2 <= job->length && memcmp(job->text + unit->end, "\xC2\xA0", 2) == 0))
        return;
    while (from < length && strchr("\"'([", word[from]))
        from++;
    for (to = from; to < length && is_small_letter(word[to]);)
        to++;
    if (to - from > HYPHENS_WORD_MAX)
        return;
    for (size_t i = to; i < length; i++)
        if (!strchr("\"').,;:!?]", word[i]))
            return;
    hyphens_find(job->engine->hyphens, word + from, to - from, found);
    for (size_t i = from; i < to; i++)
        if (found[i - from] && places[unit->start + i + 1] == CHAR_BREAK)
            places[unit->start + i + 1] = HYPHEN_BREAK;
}

/* --- cutting --- */

/* What stands behind a cluster that ends at `offset`. */
static enum unit_break break_at(const struct job *job, const uint8_t *places, uint32_t offset)
{
    if (offset >= job->length)
        return UNIT_STAYS;
    switch (places[offset]) {
    case LINE_BREAK:
        return UNIT_BREAKS;
    case TIED_BREAK:
        return UNIT_TIED;
    case HYPHEN_BREAK:
        return UNIT_HYPHEN;
    default:
        return UNIT_STAYS;
    }
}

/* The clusters [first, end) of a unit as a unit of their own. */
static void add_part(struct job *job, const struct unit *whole, uint32_t first, uint32_t end,
                     enum unit_break behind)
{
    struct unit *part = job_add_unit(job, whole->start);
    *part = *whole;
    part->first = first;
    part->count = end - first;
    part->behind = behind;
    if (!part->count)
        return;
    const struct shaped_cluster *clusters = whole->shaped->clusters;
    part->start = whole->base + clusters[first].start;
    part->end = whole->base + clusters[end - 1].start + clusters[end - 1].length;
    int32_t advance = 0;
    for (uint32_t i = first; i < end; i++)
        advance += clusters[i].advance;
    part->width = job_points(whole->run, advance);
}

static void cut_unit(struct job *job, const struct unit *unit, const uint8_t *places)
{
    uint32_t first = 0;
    for (uint32_t i = 0; i + 1 < unit->count; i++) {
        const struct shaped_cluster *c = &unit->shaped->clusters[i];
        enum unit_break behind = break_at(job, places, unit->base + c->start + c->length);
        if (behind == UNIT_STAYS)
            continue;
        add_part(job, unit, first, i + 1, behind);
        first = i + 1;
    }
    add_part(job, unit, first, unit->count,
             unit->behind == UNIT_ENDS ? UNIT_ENDS : break_at(job, places, unit->end));
}

static void cut_all(struct job *job, const uint8_t *places)
{
    const struct unit *units = job->units;
    size_t count = job->unit_count;
    job->units = NULL;
    job->unit_count = 0;
    for (size_t i = 0; i < count; i++)
        cut_unit(job, &units[i], places);
}

/* A word that is wider than the line may break between any two characters. */
static void cut_anywhere(struct job *job, const struct unit *unit, const uint8_t *places)
{
    uint32_t first = unit->first, end = unit->first + unit->count;
    for (uint32_t i = first; i + 1 < end; i++) {
        const struct shaped_cluster *c = &unit->shaped->clusters[i];
        if (places[unit->base + c->start + c->length] != CHAR_BREAK)
            continue;
        add_part(job, unit, first, i + 1, UNIT_EMERGENCY);
        first = i + 1;
    }
    bool may = unit->behind == UNIT_STAYS && unit->end < job->length && places[unit->end] == CHAR_BREAK;
    add_part(job, unit, first, end, may ? UNIT_EMERGENCY : unit->behind);
}

/* The width of units [from, *to), behind which a line may break; trimmed ones do not count. */
static double width_of_stretch(const struct unit *units, size_t count, size_t from, size_t *to)
{
    double width = 0, ink = 0;
    size_t i = from;
    do {
        width += units[i].width;
        if (!units[i].trimmed)
            ink = width;
    } while (units[i++].behind == UNIT_STAYS && i < count);
    *to = i;
    return ink;
}

static void cut_wide_words(struct job *job, const uint8_t *places)
{
    const struct unit *units = job->units;
    size_t count = job->unit_count;
    bool wide = false;
    for (size_t i = 0, end; i < count && !wide; i = end)
        wide = width_of_stretch(units, count, i, &end) > (double)job->width + 0.005;
    if (!wide)
        return;
    job->units = NULL;
    job->unit_count = 0;
    for (size_t i = 0, end; i < count; i = end) {
        bool cut = width_of_stretch(units, count, i, &end) > (double)job->width + 0.005;
        for (size_t k = i; k < end; k++) {
            if (cut && units[k].count)
                cut_anywhere(job, &units[k], places);
            else
                *job_add_unit(job, 0) = units[k];
        }
    }
}

void units_cut(struct job *job)
{
    uint8_t *places = opportunities_of(job);
    if (job->style->hyphenate && job->style->lang == LANG_EN) {
        job->spoke |= !hyphens_open(job->engine->hyphens, job->diags);
        for (size_t i = 0; i < job->unit_count; i++)
            add_hyphens(job, &job->units[i], places);
    }
    cut_all(job, places);
    cut_wide_words(job, places);
}

/* --- order --- */

void units_order(const struct unit *units, size_t count, const struct unit **ordered)
{
    unsigned highest = 0;
    for (size_t i = 0; i < count; i++) {
        ordered[i] = &units[i];
        highest = units[i].run->level > highest ? units[i].run->level : highest;
    }
    for (unsigned level = highest; level > 0; level--) {
        for (size_t i = 0; i < count; i++) {
            size_t end = i;
            while (end < count && ordered[end]->run->level >= level)
                end++;
            for (size_t a = i, b = end; a + 1 < b; a++) {
                const struct unit *held = ordered[a];
                ordered[a] = ordered[--b];
                ordered[b] = held;
            }
            i = end > i ? end : i;
        }
    }
}
