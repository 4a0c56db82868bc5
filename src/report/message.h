/*
 * Messages: the subset of ICU MessageFormat that texts are written in.
 *
 *   {name}  {name, number[, integer|percent|percent1|percent2|points|points1]}
 *   {name, hedged[, as number]}: the words of a hedged figure and its number, or its range
 *   {name, low[, as number]}  {name, high[, as number]}: a bound of it; {name, qualifier}: its words alone
 *   {name, date[, long|medium|month_year|day_month|year]}
 *   {name, plural, =0 {...} one {...} other {... # ...}}   also selectordinal
 *   {name, select, key {...} other {...}}
 *
 *   {name.previous}, {name.change} and so on: of the figure in the issue before (past.h); they take the formats above
 *
 * Apostrophes as ICU's DOUBLE_OPTIONAL: '' is one, '{' is a literal brace, any other stands for itself.
 * A select on {name.direction} needs no 'other' when it has up, down, same and none.
 * Two things differ from ICU, so that no text is silently wrong: '#' is the number of the nearest plural also
 * inside a select, and it prints the words of a hedged figure ("more than 100") as {name} does.
 */
#ifndef MUJAZ_REPORT_MESSAGE_H
#define MUJAZ_REPORT_MESSAGE_H

#include "report/value.h"

enum message_kind {
    MESSAGE_TEXT, /* bytes of the source, as they are */
    MESSAGE_VALUE,
    MESSAGE_HASH, /* # in a plural */
    MESSAGE_PLURAL,
    MESSAGE_ORDINAL,
    MESSAGE_SELECT,
};

/* What a value prints of its figure. */
enum message_aspect {
    ASPECT_PLAIN,     /* all of it when there is no format, else the number alone */
    ASPECT_HEDGED,    /* words and number, whatever the format */
    ASPECT_LOW,
    ASPECT_HIGH,
    ASPECT_QUALIFIER, /* the words alone */
};

struct message_part;

struct message_branch {
    const char *key; /* "one", "other", "=0", a select's key */
    bool exact;      /* "=0" */
    struct num number;
    const struct message_part *first;
    const struct message_branch *next;
};

struct message_part {
    enum message_kind kind;
    uint32_t start, end; /* in the source's bytes, braces and all */
    const char *figure;  /* not for texts; for a hash that of its plural */
    enum value_format format;
    enum message_aspect aspect; /* of a value */
    const struct message_branch *branches;
    const struct message_part *next;
};

/* A figure's name in a message. */
struct message_use {
    const char *figure;
    struct place at; /* of the name */
};

struct message {
    struct rich_text source;
    const struct message_part *first;
    const struct message_use *uses; /* in the text's order, with repetitions */
    size_t use_count;
};

/* NULL with a diagnostic when the text is no message. Does not ask which figures there are. */
const struct message *message_parse(const struct rich_text *source, struct arena *, struct diags *);

/* A diagnostic for each number that the author typed instead of naming a figure. */
void message_check_numbers(const struct message *, struct arena *, struct diags *);

/* A diagnostic for each place that would read wrong in an issue without one before it: a plural or select of a past
 * value that is not in a branch of {name.direction, select, ...}, a direction without words for it. */
void message_check_past(const struct message *, struct arena *, struct diags *);

/* The text with every value in it. All the figures it names are known and evaluated. False with a
 * diagnostic when a format does not suit its value. */
bool message_format(const struct message *, const struct figures *, const struct locale *, struct arena *,
                    struct rich_text *out, struct diags *);

/* Whether the message is nothing but {name}: a reference to a figure; its name, else NULL. */
const char *message_reference(const struct message *);

#endif
