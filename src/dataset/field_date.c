/*
 * Days, times, months and durations: ISO 8601 by default, else by a pattern of strptime. The matcher is our own,
 * because strptime follows the process's locale, takes a 31 February, and says nothing of what it left open.
 *
 * %d %m %H and the like take one digit or two, %Y four. Names of months and weekdays are English, in any case of
 * letters, in full or short; those of months may be Arabic. %y is 1969 to 2068 (POSIX). A weekday must be the day's.
 */
#include "dataset/field_inside.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { FRACTION = 9 }; /* digits of a second */

struct moment {
    int year, month, day, day_of_year, weekday, hour, minute, second;
    int hour12;              /* 0: %I not given */
    int half;                /* 0: none, 1: AM, 2: PM */
    int offset;              /* minutes east of UTC */
    bool zoned;
    char fraction[FRACTION + 1]; /* digits, without zeros at the end */
};

struct cursor {
    const char *p, *end;
};

static const char *const months[] = { "January", "February", "March",     "April",   "May",      "June",
                                      "July",    "August",   "September", "October", "November", "December" };
static const char *const weekdays[] = { "Sunday",   "Monday", "Tuesday", "Wednesday",
                                        "Thursday", "Friday", "Saturday" };

/* In Arabic: of Iraq and the Levant, and of Egypt, as they are usually spelt. */
static const struct {
    const char *name;
    int month;
} arabic_months[] = {
    { "كانون الثاني", 1 }, { "شباط", 2 },   { "آذار", 3 },         { "أذار", 3 },          { "اذار", 3 },
    { "نيسان", 4 },        { "أيار", 5 },   { "ايار", 5 },         { "حزيران", 6 },        { "تموز", 7 },
    { "آب", 8 },           { "أيلول", 9 },  { "ايلول", 9 },        { "تشرين الأول", 10 },  { "تشرين الاول", 10 },
    { "تشرين الثاني", 11 }, { "كانون الأول", 12 }, { "كانون الاول", 12 },
    { "يناير", 1 },        { "فبراير", 2 }, { "مارس", 3 },         { "أبريل", 4 },         { "ابريل", 4 },
    { "إبريل", 4 },        { "مايو", 5 },   { "يونيو", 6 },        { "يونيه", 6 },         { "يوليو", 7 },
    { "يوليه", 7 },        { "أغسطس", 8 },  { "اغسطس", 8 },        { "سبتمبر", 9 },        { "أكتوبر", 10 },
    { "اكتوبر", 10 },      { "نوفمبر", 11 }, { "ديسمبر", 12 },
};

/* --- days ------------------------------------------------------------------------------------------------- */

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return days[month - 1] + (month == 2 && is_leap(year));
}

static bool is_day(int year, int month, int day)
{
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days_in(year, month);
}

/* 0: Sunday. Sakamoto's formula for the Gregorian calendar. */
static int weekday_of(int year, int month, int day)
{
    static const int shifts[] = { 0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4 };
    year -= month < 3;
    return (year + year / 4 - year / 100 + year / 400 + shifts[month - 1] + day) % 7;
}

static bool set_day_of_year(struct moment *m)
{
    int left = m->day_of_year;
    for (m->month = 1; m->month <= 12 && left > days_in(m->year, m->month); m->month++)
        left -= days_in(m->year, m->month);
    m->day = left;
    return m->month <= 12;
}

/* One day on or back. */
static void step_day(struct moment *m, int step)
{
    m->day += step;
    if (m->day < 1) {
        m->month = m->month == 1 ? 12 : m->month - 1;
        m->year -= m->month == 12;
        m->day = days_in(m->year, m->month);
    } else if (m->day > days_in(m->year, m->month)) {
        m->day = 1;
        m->month = m->month == 12 ? 1 : m->month + 1;
        m->year += m->month == 1;
    }
}

/* --- matching --------------------------------------------------------------------------------------------- */

static bool digits(struct cursor *c, int least, int most, int *out)
{
    int n = 0, value = 0;
    for (; n < most && c->p < c->end && *c->p >= '0' && *c->p <= '9'; n++)
        value = value * 10 + (*c->p++ - '0');
    *out = value;
    return n >= least;
}

static bool literal(struct cursor *c, char letter)
{
    if (c->p == c->end || *c->p != letter)
        return false;
    c->p++;
    return true;
}

static bool word(struct cursor *c, const char *text, size_t length)
{
    if ((size_t)(c->end - c->p) < length || strncasecmp(c->p, text, length) != 0)
        return false;
    c->p += length;
    return true;
}

/* Index of one of the names, in full or its first three letters, or -1. */
static int name(struct cursor *c, const char *const names[], int count)
{
    for (int i = 0; i < count; i++)
        if (word(c, names[i], strlen(names[i])) || word(c, names[i], 3))
            return i;
    return -1;
}

/* 1 to 12, or 0. */
static int month_name(struct cursor *c)
{
    int english = name(c, months, 12);
    for (size_t i = 0; english < 0 && i < sizeof arabic_months / sizeof *arabic_months; i++)
        if (word(c, arabic_months[i].name, strlen(arabic_months[i].name)))
            return arabic_months[i].month;
    return english + 1;
}

static bool fraction(struct cursor *c, struct moment *m)
{
    int n = 0;
    for (; c->p < c->end && *c->p >= '0' && *c->p <= '9'; c->p++, n++) {
        if (n == FRACTION)
            return false;
        m->fraction[n] = *c->p;
    }
    bool any = n > 0;
    while (n && m->fraction[n - 1] == '0')
        n--;
    m->fraction[n] = '\0';
    return any;
}

/* Z, +03:00, +0300, +03 */
static bool zone(struct cursor *c, struct moment *m)
{
    int hours, minutes = 0;
    m->zoned = true;
    if (literal(c, 'Z'))
        return true;
    bool west = c->p < c->end && *c->p == '-';
    if (!west && (c->p == c->end || *c->p != '+'))
        return false;
    c->p++;
    if (!digits(c, 2, 2, &hours))
        return false;
    bool colon = literal(c, ':');
    if ((colon || c->p < c->end) && !digits(c, 2, 2, &minutes))
        return false;
    m->offset = (hours * 60 + minutes) * (west ? -1 : 1);
    return hours <= 14 && minutes <= 59;
}

static bool match(struct cursor *c, const char *format, struct moment *m);

static bool match_year2(struct cursor *c, struct moment *m)
{
    int year;
    if (!digits(c, 2, 2, &year))
        return false;
    m->year = year + (year < 69 ? 2000 : 1900);
    return true;
}

static bool match_directive(struct cursor *c, char directive, struct moment *m)
{
    switch (directive) {
    case 'Y': return digits(c, 4, 4, &m->year);
    case 'y': return match_year2(c, m);
    case 'm': return digits(c, 1, 2, &m->month);
    case 'e': literal(c, ' '); return digits(c, 1, 2, &m->day);
    case 'd': return digits(c, 1, 2, &m->day);
    case 'j': return digits(c, 3, 3, &m->day_of_year) && m->day_of_year > 0;
    case 'b':
    case 'h':
    case 'B': return (m->month = month_name(c)) > 0;
    case 'a':
    case 'A': return (m->weekday = name(c, weekdays, 7)) >= 0;
    case 'H': return digits(c, 1, 2, &m->hour) && m->hour <= 23;
    case 'I': return digits(c, 1, 2, &m->hour12) && m->hour12 >= 1 && m->hour12 <= 12;
    case 'M': return digits(c, 1, 2, &m->minute) && m->minute <= 59;
    case 'S': return digits(c, 1, 2, &m->second) && m->second <= 59;
    case 'p': return (m->half = word(c, "AM", 2) ? 1 : word(c, "PM", 2) ? 2 : 0) > 0;
    case 'f': return fraction(c, m);
    case 'z': return zone(c, m);
    case 'F': return match(c, "%Y-%m-%d", m);
    case 'T': return match(c, "%H:%M:%S", m);
    case 'R': return match(c, "%H:%M", m);
    default: return literal(c, directive); /* %% */
    }
}

/* A blank in the format stands for one or more. */
static bool match(struct cursor *c, const char *format, struct moment *m)
{
    for (; *format; format++) {
        if (*format == '%') {
            if (!match_directive(c, *++format, m))
                return false;
        } else if (!literal(c, *format)) {
            return false;
        } else if (*format == ' ') {
            while (literal(c, ' '))
                ;
        }
    }
    return true;
}

/* The default forms have all their digits, so their length says whether one is missing. */
static bool match_default(struct cursor *c, enum field_type type, struct moment *m)
{
    static const struct {
        const char *format;
        int length;
    } forms[] = {
        [FIELD_DATE] = { "%Y-%m-%d", 10 }, [FIELD_DATETIME] = { "%Y-%m-%dT%H:%M:%S", 19 },
        [FIELD_TIME] = { "%H:%M:%S", 8 },  [FIELD_YEARMONTH] = { "%Y-%m", 7 },
    };
    const char *start = c->p;
    bool has_time = type == FIELD_DATETIME || type == FIELD_TIME;

    if (!match(c, forms[type].format, m) || c->p - start != forms[type].length)
        return false;
    if (has_time && literal(c, '.') && !fraction(c, m))
        return false;
    return type != FIELD_DATETIME || c->p == c->end || zone(c, m);
}

/* --- values ----------------------------------------------------------------------------------------------- */

static bool settle_time(struct moment *m)
{
    if (m->hour12)
        m->hour = m->hour12 % 12 + (m->half == 2 ? 12 : 0);
    if (m->zoned) {
        int minutes = m->hour * 60 + m->minute - m->offset;
        if (minutes < 0 || minutes >= 1440)
            step_day(m, minutes < 0 ? -1 : 1);
        minutes = (minutes + 1440) % 1440;
        m->hour = minutes / 60;
        m->minute = minutes % 60;
    }
    return m->year >= 1 && m->year <= 9999;
}

/* 00 is a month or day that is left out; a day in no month is none. */
static bool settle_partial(const struct moment *m, char out[FIELD_LEXICAL])
{
    if (m->year < 1 || m->month > 12 || m->day || m->weekday >= 0)
        return false;
    if (m->month)
        snprintf(out, FIELD_LEXICAL, "%04d-%02d", m->year, m->month);
    else
        snprintf(out, FIELD_LEXICAL, "%04d", m->year);
    return true;
}

static bool settle_day(struct moment *m)
{
    if (m->day_of_year && (m->year < 1 || !set_day_of_year(m)))
        return false;
    return is_day(m->year, m->month, m->day)
        && (m->weekday < 0 || m->weekday == weekday_of(m->year, m->month, m->day));
}

static bool settle(const struct field *field, struct moment *m, char out[FIELD_LEXICAL])
{
    const char *dot = *m->fraction ? "." : "";
    switch (field->type) {
    case FIELD_YEARMONTH:
        snprintf(out, FIELD_LEXICAL, "%04d-%02d", m->year, m->month);
        return is_day(m->year, m->month, 1);
    case FIELD_TIME:
        m->year = 1;
        settle_time(m);
        snprintf(out, FIELD_LEXICAL, "%02d:%02d:%02d%s%s", m->hour, m->minute, m->second, dot, m->fraction);
        return true;
    case FIELD_DATE:
        if (field->partial && !m->day_of_year && (m->day == 0 || m->month == 0))
            return settle_partial(m, out);
        snprintf(out, FIELD_LEXICAL, "%04d-%02d-%02d", m->year, m->month, m->day);
        if (!settle_day(m))
            return false;
        snprintf(out, FIELD_LEXICAL, "%04d-%02d-%02d", m->year, m->month, m->day);
        return true;
    default:
        if (!settle_day(m) || !settle_time(m))
            return false;
        snprintf(out, FIELD_LEXICAL, "%04d-%02d-%02dT%02d:%02d:%02d%s%s%s", m->year, m->month, m->day, m->hour,
                 m->minute, m->second, dot, m->fraction, m->zoned ? "Z" : "");
        return true;
    }
}

bool field_parse_moment(const struct field *field, const char *text, size_t length, struct arena *arena,
                        struct value *out)
{
    char ascii[FIELD_LEXICAL + 1], canonical[FIELD_LEXICAL];
    struct cursor c = { .p = ascii, .end = ascii + field_ascii(text, length, ascii) };
    struct moment m = { .weekday = -1 };
    bool fits = field->format ? match(&c, field->format, &m) : match_default(&c, field->type, &m);

    if (!fits || c.p != c.end || !settle(field, &m, canonical))
        return false;
    bool day = field->type == FIELD_DATE && !field->partial;
    *out = (struct value){ .type = day ? VALUE_DATE : VALUE_TEXT, .text = arena_string(arena, canonical) };
    return true;
}

bool field_is_day(const char *text)
{
    struct cursor c = { .p = text, .end = text + strlen(text) };
    struct moment m = { .weekday = -1 };
    return match_default(&c, FIELD_DATE, &m) && c.p == c.end && settle_day(&m);
}

/* --- durations -------------------------------------------------------------------------------------------- */

/* "-P1Y2M3DT4H5M6.5S" or "P2W": each unit once, in this order, one at least. */
bool field_parse_duration(const char *text, size_t length, struct arena *arena, struct value *out)
{
    char ascii[FIELD_LEXICAL + 1];
    const char *p = ascii, *units = "YMWD";
    bool any = false, time = false;

    if (!field_ascii(text, length, ascii))
        return false;
    p += *p == '-';
    if (*p++ != 'P')
        return false;
    while (*p) {
        if (*p == 'T' && !time) {
            time = true;
            units = "HMS";
            p++;
        }
        size_t whole = strspn(p, "0123456789"), part = 0;
        if (whole && p[whole] == '.')
            part = 1 + strspn(p + whole + 1, "0123456789");
        char unit = p[whole + part];
        const char *found = unit ? strchr(units, unit) : NULL;
        if (!whole || part == 1 || !found || (part && unit != 'S'))
            return false;
        units = found + 1;
        p += whole + part + 1;
        any = true;
    }
    *out = (struct value){ .type = VALUE_TEXT, .text = arena_string(arena, ascii) };
    return any;
}

/* --- patterns --------------------------------------------------------------------------------------------- */

enum { HAS_YEAR = 1, HAS_MONTH = 2, HAS_DAY = 4, HAS_DAY_OF_YEAR = 8, HAS_WEEKDAY = 16, HAS_HOUR = 32,
       HAS_HOUR12 = 64, HAS_HALF = 128, HAS_MINUTE = 256, HAS_SECOND = 512, HAS_FRACTION = 1024, HAS_ZONE = 2048,
       HAS_DATE = 31, HAS_TIME = 4064 };

static unsigned parts_of(char directive)
{
    switch (directive) {
    case 'Y':
    case 'y': return HAS_YEAR;
    case 'm':
    case 'b':
    case 'h':
    case 'B': return HAS_MONTH;
    case 'd':
    case 'e': return HAS_DAY;
    case 'j': return HAS_DAY_OF_YEAR;
    case 'a':
    case 'A': return HAS_WEEKDAY;
    case 'H': return HAS_HOUR;
    case 'I': return HAS_HOUR12;
    case 'p': return HAS_HALF;
    case 'M': return HAS_MINUTE;
    case 'S': return HAS_SECOND;
    case 'f': return HAS_FRACTION;
    case 'z': return HAS_ZONE;
    case 'F': return HAS_YEAR | HAS_MONTH | HAS_DAY;
    case 'T': return HAS_HOUR | HAS_MINUTE | HAS_SECOND;
    case 'R': return HAS_HOUR | HAS_MINUTE;
    default: return 0;
    }
}

static const char *time_fault(unsigned has)
{
    bool clock = has & HAS_HOUR, halves = (has & HAS_HOUR12) && (has & HAS_HALF);
    if (clock && (has & (HAS_HOUR12 | HAS_HALF)))
        return "it has the hour twice; write %H, or %I and %p";
    if (!clock && !halves)
        return "it does not say the hour; write %H, or %I and %p";
    return has & HAS_MINUTE ? NULL : "it does not say the minute; write %M";
}

static const char *date_fault(unsigned has)
{
    if (!(has & HAS_YEAR))
        return "it does not say the year; write %Y";
    if (has & HAS_DAY_OF_YEAR)
        return has & (HAS_MONTH | HAS_DAY) ? "it has the day twice; write %j, or %m and %d" : NULL;
    if (!(has & HAS_MONTH))
        return "it does not say the month; write %m or %B";
    return has & HAS_DAY ? NULL : "it does not say the day; write %d";
}

const char *field_format_fault(enum field_type type, const char *format, struct arena *arena)
{
    unsigned has = 0;
    if (strcmp(format, "any") == 0)
        return "it leaves open whether 03/04 is in March or in April, and Mujaz does not guess; write a pattern "
               "as %d/%m/%Y";
    if (!strchr(format, '%'))
        return "it is no pattern of strptime; write it as %d/%m/%Y";
    for (const char *p = format; *p; p++) {
        if (*p != '%' || *++p == '%')
            continue;
        unsigned parts = parts_of(*p);
        const char *end = p;
        utf8_next(&end);
        if (!parts)
            return arena_printf(arena, "it has '%%%.*s', which is not read; use %%Y %%y %%m %%d %%e %%j %%b %%B %%a "
                                "%%A %%H %%I %%p %%M %%S %%f %%z %%F %%T %%R", (int)(end - p), p);
        if (has & parts)
            return arena_printf(arena, "it has '%%%c' for what it had before; write each part once", *p);
        has |= parts;
    }
    if (type == FIELD_DATE && (has & HAS_TIME))
        return "it has a time, and the type is date; make the type datetime";
    if (type == FIELD_TIME && (has & (HAS_DATE | HAS_ZONE)))
        return "it has a day or a zone, and the type is time; make the type datetime";
    const char *fault = type == FIELD_TIME ? NULL : date_fault(has);
    return fault || type == FIELD_DATE ? fault : time_fault(has);
}

void field_format_example(const char *format, struct buf *out)
{
    static const struct {
        char directive;
        const char *text;
    } parts[] = {
        { 'Y', "2024" },   { 'y', "24" }, { 'm', "01" },         { 'd', "31" },       { 'e', "31" },
        { 'j', "031" },    { 'b', "Jan" }, { 'h', "Jan" },       { 'B', "January" },  { 'a', "Wed" },
        { 'A', "Wednesday" }, { 'H', "23" }, { 'I', "11" },      { 'p', "PM" },       { 'M', "59" },
        { 'S', "00" },     { 'f', "5" },  { 'z', "+03:00" },     { 'F', "2024-01-31" }, { 'T', "23:59:00" },
        { 'R', "23:59" },  { '%', "%" },
    };
    for (; *format; format++) {
        if (*format != '%') {
            buf_add_char(out, *format);
            continue;
        }
        format++;
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            if (parts[i].directive == *format)
                buf_add_string(out, parts[i].text);
    }
}
