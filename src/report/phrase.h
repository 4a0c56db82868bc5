/* A text as it was written, with its message; and two of them that must say the same. */
#ifndef MUJAZ_REPORT_PHRASE_H
#define MUJAZ_REPORT_PHRASE_H

#include "report/message.h"

struct phrase {
    struct rich_text text;
    const struct message *message; /* NULL until parsed, and when the text is no message */
    bool misnamed;                 /* names a figure that there is not */
    bool misled;                   /* a link of it leads nowhere */
};

/* The same text in both languages, from a definition. */
struct phrases {
    bool given;
    struct place at;
    struct phrase in[LANG_COUNT];
};

/* Reads the message and refuses typed numbers. */
void phrase_parse(struct phrase *, struct arena *, struct diags *);

/* Every figure it names is known, and from now on used. */
void phrase_check_figures(struct phrase *, const struct figures *, struct arena *, struct diags *);

/* Both languages name the same figures. `at`: where each block or text starts. Misnamed ones are not
 * compared: that has been said. */
void phrases_compare(const struct phrase *const in[LANG_COUNT], const struct place at[LANG_COUNT],
                     struct arena *, struct diags *);

/* The language's name in English, for messages. */
const char *phrase_language(enum lang);

#endif
