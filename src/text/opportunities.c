/* Opportunities to break lines, by Pango and, of plain texts, without. Knows nothing of words, runs or widths. */
#include "text/opportunities.h"

#include "base/utf8.h"
#include "text/bidi.h"

#include <pango/pango.h>

void opportunities_by_pango(const char *text, uint32_t length, enum lang lang, struct arena *scratch, uint8_t *out)
{
    size_t count = utf8_count(text, length) + 1, i = 0;
    PangoLogAttr *attrs = arena_array(scratch, count, sizeof *attrs);
    pango_get_log_attrs(text, (int)length, lang_dir(lang) == DIR_RTL, pango_language_from_string(lang_tag(lang)), attrs,
                        (int)count);
    for (const char *p = text; p < text + length; i++) {
        out[p - text] = attrs[i].is_line_break ? LINE_BREAK : attrs[i].is_char_break ? CHAR_BREAK : NO_BREAK;
        utf8_next(&p);
    }
}

/* By what UAX #14 tells of them: letters and digits, between which no line breaks; commas and the like, before which
 * none does, not even behind a space; question marks and the like, which are so and part letters; and so on. */
enum plain_class { LETTER, DIGIT, SPACE, COMMA, QUESTION, HYPHEN, NO_BREAK_SPACE, ISOLATE, MARK, OTHER };

static enum plain_class class_of(uint32_t c)
{
    if ((c | 0x20) - 'a' < 26 || c - 0x0620 <= 0x064A - 0x0620)
        return LETTER;
    if (c - '0' < 10 || c - 0x0660 < 10)
        return DIGIT;
    if (c >= 0x2066 && c <= 0x2069)
        return ISOLATE;
    if (c - 0x064B <= 0x0652 - 0x064B)
        return MARK;
    switch (c) {
    case ' ':
        return SPACE;
    case ',':
    case '.':
    case ':':
    case ';':
    case 0x060C: /* the Arabic comma */
        return COMMA;
    case '?':
    case '!':
    case 0x061B: /* the Arabic semicolon and question mark */
    case 0x061F:
        return QUESTION;
    case '-':
        return HYPHEN;
    case 0x00A0:
        return NO_BREAK_SPACE;
    default:
        return OTHER;
    }
}

bool opportunities_of_plain(const char *text, uint32_t length, uint8_t *out)
{
    enum plain_class last = OTHER, before = LETTER; /* the character before, and what it counts as */
    bool number = false;                            /* digits, and commas since */
    for (const char *p = text; p < text + length;) {
        uint8_t *place = out + (p - text);
        enum plain_class class = class_of(utf8_next(&p)), as = class;
        bool joins = class == MARK && (last == LETTER || last == DIGIT || last == MARK);
        if (class == OTHER || (class == MARK && !joins) || (class == ISOLATE && last == HYPHEN))
            return false;
        if (class == ISOLATE || class == MARK) /* they go with what stands before them, or are as letters are */
            as = before == SPACE ? LETTER : before;
        if (as == DIGIT && before == COMMA && !number)
            return false;
        bool line = before == SPACE ? as != SPACE && as != COMMA && as != QUESTION
                                    : before == QUESTION && (as == LETTER || as == DIGIT);
        number = as == DIGIT || (as == COMMA && number);
        *place = joins ? NO_BREAK : line ? LINE_BREAK : CHAR_BREAK;
        last = class;
        before = as;
    }
    return true;
}
