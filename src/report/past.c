/* Names of pasts. Knows no figure. */
#include "report/past.h"

#include <stddef.h>
#include <string.h>

static const char *const names[PAST_COUNT] = {
    [PAST_NONE] = "",
    [PAST_PREVIOUS] = "previous",
    [PAST_PUBLISHED] = "published",
    [PAST_CHANGE] = "change",
    [PAST_BY] = "by",
    [PAST_CHANGE_PERCENT] = "change_percent",
    [PAST_BY_PERCENT] = "by_percent",
    [PAST_DIRECTION] = "direction",
    [PAST_REVISED] = "revised",
};

const char *past_name(enum past past)
{
    return names[past];
}

enum past past_of(const char *figure)
{
    const char *dot = figure ? strchr(figure, '.') : NULL;

    for (enum past past = PAST_NONE + 1; dot && past < PAST_COUNT; past++)
        if (strcmp(names[past], dot + 1) == 0)
            return past;
    return PAST_NONE;
}

bool past_chooses(enum past past)
{
    return past == PAST_DIRECTION || past == PAST_REVISED;
}

bool past_is_named(const char *text)
{
    if (strstr(text, "previous"))
        return true;
    for (const char *dot = strchr(text, '.'); dot; dot = strchr(dot + 1, '.'))
        for (enum past past = PAST_NONE + 1; past < PAST_COUNT; past++)
            if (strncmp(dot + 1, names[past], strlen(names[past])) == 0)
                return true;
    return false;
}
