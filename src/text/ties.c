/*
 * Ties: spaces at which no line should end, since a reader takes in at once what stands on both sides: a number and
 * what it counts, a day and its month, the words of a month's name, a table's name and its number, a word of one
 * letter and the next one. Knows words, and of widths only whether a column is narrow.
 */
#include "text/job.h"

#include "base/utf8.h"
#include "text/bidi.h"

#include <string.h>
#include <uchar.h>

enum { MIDDLE_DOT = 0x00B7, EN_DASH = 0x2013, EM_DASH = 0x2014 };

/* The word before a space or behind it, without the controls in it. */
struct word {
    uint32_t letters[12]; /* of a longer word those next to the space */
    size_t count;         /* of them, and one more where there are more */
};

enum { HELD = sizeof((struct word *)0)->letters / sizeof(uint32_t) };

static bool is_digit(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 0x0660 && c <= 0x0669);
}

/* Between the digits of a number: 2,500 or ٢٬٥٠٠. */
static bool is_mark(uint32_t c)
{
    return c == ',' || c == '.' || c == 0x066B || c == 0x066C;
}

static bool is_letter(uint32_t c)
{
    enum bidi_class class = bidi_class_of(c);
    return class == BIDI_LEFT || class == BIDI_RIGHT;
}

/* From `p` on, up to a space or `end`, as many letters as are held. */
static struct word word_from(const char *p, const char *end)
{
    struct word word = { .count = 0 };
    while (p < end && word.count < HELD) {
        uint32_t c = utf8_next(&p);
        if (bidi_is_space(c))
            break;
        if (!bidi_is_control(c))
            word.letters[word.count++] = c;
    }
    return word;
}

/* The bytes before the space or slash that ends at `offset`. */
static struct word word_before(const struct job *job, uint32_t offset)
{
    uint32_t end = job_back_from(job, offset, 1), start = end, before = end;
    size_t letters = 0;
    for (; start > 0 && letters <= HELD; letters++) {
        before = job_back_from(job, start, 1);
        const char *p = job->text + before;
        if (bidi_is_space(utf8_next(&p)))
            break;
        start = letters < HELD ? before : start;
    }
    struct word word = word_from(job->text + start, job->text + end);
    word.count += letters > HELD;
    return word;
}

/* A number of up to four digits and no year; in Arabic a word of one letter may stand joined before it: بـ101. */
static bool is_count(const struct word *word)
{
    size_t digits = 0, marks = 0, i = word->count <= HELD ? word->count : 0;
    for (; i > 0 && (is_digit(word->letters[i - 1]) || (digits > 0 && is_mark(word->letters[i - 1]))); i--) {
        digits += is_digit(word->letters[i - 1]);
        marks += is_mark(word->letters[i - 1]);
    }
    bool joined = i > 0 && bidi_class_of(word->letters[i - 1]) == BIDI_RIGHT;
    return digits > 0 && digits + (marks == 0) <= 4 && (i == 0 || joined);
}

static bool ends_with(const struct word *word, const char32_t *letters)
{
    size_t count = 0, held = word->count < HELD ? word->count : HELD;
    while (letters[count])
        count++;
    return count <= held && memcmp(letters, word->letters + held - count, count * sizeof *letters) == 0;
}

/* What a number names: "Table 4". In Arabic with the article and whatever else is written in one word. */
static bool is_named_by_number(const struct word *word)
{
    static const char32_t *const names[] = { U"Table", U"Tables", U"Figure", U"Figures",
                                             U"جدول",  U"جداول",  U"شكل",    U"أشكال" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ends_with(word, names[i]))
            return true;
    return false;
}

static bool begins_with(const char *p, const char *end, const char *utf8)
{
    while (*utf8 && p < end) {
        uint32_t c = utf8_next(&p);
        if (!bidi_is_control(c) && c != utf8_next(&utf8))
            return false;
    }
    return !*utf8;
}

/* Between the words of a month's name, the second of which begins at `offset`: كانون الأول, شباط/فبراير,
 * تشرين الثاني/نوفمبر. */
static bool is_in_month(const struct job *job, uint32_t offset, const struct word *before)
{
    static const char32_t *const levantine[] = { U"شباط", U"آذار", U"نيسان", U"أيار", U"حزيران", U"تموز", U"آب",
                                                 U"أيلول", U"الأول", U"الثاني" };
    const char *next = job->text + offset, *end = job->text + job->length;
    if (next[-1] != '/')
        return (ends_with(before, U"كانون") || ends_with(before, U"تشرين")) &&
               (begins_with(next, end, "الأول") || begins_with(next, end, "الثاني"));
    for (size_t i = 0; i < sizeof levantine / sizeof *levantine; i++)
        if (ends_with(before, levantine[i]))
            return true;
    return false;
}

/* One that parts what stands around it. */
static bool is_separator(const struct word *word)
{
    uint32_t c = word->count == 1 ? word->letters[0] : 0;
    return c == MIDDLE_DOT || c == EN_DASH || c == EM_DASH;
}

enum tie tie_at(const struct job *job, uint32_t offset)
{
    struct word before = word_before(job, offset), next = word_from(job->text + offset, job->text + job->length);
    if (before.count == 0 || next.count == 0)
        return TIE_NONE;
    if (is_separator(&next))
        return TIE_FAST;
    if (is_in_month(job, offset, &before))
        return job_is_narrow(job) ? TIE_LOOSE : TIE_FAST;
    bool tied = (is_count(&before) && is_letter(next.letters[0])) ||
                (is_digit(next.letters[0]) && is_named_by_number(&before)) ||
                (before.count == 1 && (is_letter(before.letters[0]) || before.letters[0] == MIDDLE_DOT));
    return tied ? TIE_LOOSE : TIE_NONE;
}
