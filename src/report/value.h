/*
 * Figures (the named values that texts insert) and how any value is printed for a reader, isolated so that
 * its neighbours keep their order (UAX #9).
 */
#ifndef MUJAZ_REPORT_VALUE_H
#define MUJAZ_REPORT_VALUE_H

#include "dataset/table.h"
#include "report/hedge.h"
#include "report/past.h"
#include "report/rich.h"

/* The formats of messages and of table columns. */
enum value_format {
    FORMAT_DEFAULT, /* number, long date or text, by the value's type */
    FORMAT_TEXT,    /* the same, said explicitly */
    FORMAT_QUALIFIER, /* of columns: a code of hedge.h as its words */
    FORMAT_NUMBER,
    FORMAT_INTEGER, /* ungrouped */
    FORMAT_PERCENT,
    FORMAT_PERCENT1,
    FORMAT_PERCENT2,
    FORMAT_POINTS, /* a ratio in hundredths and without a sign: 0.35 as "35", for "35 in the hundred" */
    FORMAT_POINTS1,
    FORMAT_DATE, /* long: "4 January 2024" */
    FORMAT_DATE_MEDIUM,
    FORMAT_MONTH_YEAR,
    FORMAT_DAY_MONTH,
    FORMAT_YEAR,
};

enum figure_kind {
    FIGURE_VALUE,  /* one value for both languages */
    FIGURE_TEXTS,  /* a text per language */
    FIGURE_HEDGED, /* a number, its bounds, and the words that go before it */
};

/* Where a text prints a figure, or lets it choose its words. */
struct figure_use {
    enum lang lang;
    struct place at;
    const char *printed; /* without isolates, the hedge's words before it; NULL: it only chooses */
};

struct figure {
    const char *name;
    struct place at; /* of the name in the definition */
    bool evaluated;  /* its statement gave what it must; the members below are set */
    enum figure_kind kind;
    struct value value;            /* of a hedged figure the best; NULL where only its bounds are known */
    const char *words[LANG_COUNT]; /* of texts: cleaned */
    struct hedge hedge;
    bool used;
    struct figure_use *uses; /* noted as texts are formatted */
    size_t use_count;

    /* {attacks.change} is a figure too; build_past.c */
    struct figure *pasts; /* by enum past; NULL until one of them is asked for */
    enum past past;
    const char *of;          /* "attacks"; NULL with PAST_NONE */
    enum value_format usual; /* what FORMAT_DEFAULT stands for */
    bool is_signed;          /* printed with '+' or a minus */
    bool absent;             /* there is no such value: its words say so, whatever the format */
    bool revised;            /* the value is not what was published, and says so */
    const char *wrong;       /* NULL, or why it cannot be printed: the end of a sentence that names it */
};

/* Sorted by name with figures_sort before figures_find is used. Most pasts are named by no text: figures_find makes
 * those that are. */
struct figures {
    struct figure *list; /* without pasts, but for those of the whole report */
    size_t count;
    struct arena *arena; /* of pasts, and of uses that messages make */
    bool without_past;   /* of a burst: there are no {attacks.change} */
};

void figures_sort(struct figures *);
struct figure *figures_find(const struct figures *, const char *name);
/* Notes a use; isolates in `printed`, which may be NULL, are taken out. */
void figure_note_use(struct figure *, enum lang, struct place, const char *printed, struct arena *);
/* The known name that is nearest to a misspelt one, or NULL when none is near. */
const char *figures_nearest(const struct figures *, const char *name, struct arena *);

bool value_is_number(const struct value *);
/* Whether a figure is a number in every format: it is no text or date, and no range without a best value. */
bool figure_is_number(const struct figure *);
/* What a figure is, for messages: value_kind's words, "a text", "a range". */
const char *figure_kind_name(const struct figure *);

/* The value as a reader sees it, without isolates. NULL when the format does not suit the value. */
const char *value_print(const struct value *, enum value_format, const struct locale *, struct arena *);

/* A printed number with its sign, "+12". `direction`: of its change, below 0, 0 or above. */
const char *value_signed(const char *printed, int direction, struct arena *);

/* What a format asks for, for messages: "a number", "a date". */
const char *value_wanted(enum value_format);
const char *value_kind(const struct value *); /* "a number", "a text", "a date", "nothing" */

/*
 * Adds a printed value inside isolates: European digits alone stand in LRI..PDI, Arabic-Indic ones in
 * RLI..PDI; several numbers ("41, 42") in RLI..PDI in Arabic, and each in its own; everything with
 * letters in FSI..PDI (or, when it starts with a word of the other script but holds letters of its own language, in
 * its language's direction). Nothing is added for an empty text.
 */
void value_add(struct rich_builder *, const char *printed, enum lang);
/* Its two halves, for what must know where the value itself lies. */
void value_open(struct rich_builder *, const char *printed, enum lang);
void value_close(struct rich_builder *);
/* Whether a text is a number in European digits, or looks like one ("07", "12-15"). */
bool value_is_digits(const char *);

/*
 * The same with the words of a hedge before it, under INLINE_HEDGE, in isolates of their own around both; or both
 * bounds and what joins them. False, with nothing added, when the format does not suit a number of it.
 */
bool value_add_hedged(struct rich_builder *, const struct hedge *, enum value_format, const struct locale *);

/* A text from data as one line in NFC: line ends and tabs are spaces, bidi isolates are taken out. */
const char *value_clean(const char *text, struct arena *);

#endif
