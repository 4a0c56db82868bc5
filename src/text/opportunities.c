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
 * none does, not even behind a space; question marks and the like, which are so and part letters; brackets; quotes, at
 * neither side of which one breaks; and so on. */
enum plain_class {
    LETTER, DIGIT, SPACE, COMMA, QUESTION, HYPHEN, OPENING, CLOSING, QUOTE, NO_BREAK_SPACE, ISOLATE, MARK, OTHER
};

static enum plain_class class_of(uint32_t c)
{
    if ((c | 0x20) - 'a' < 26 || c - 0x0620 <= 0x064A - 0x0620 || c == 0xB7 || c - 0xC0 <= 0x17F - 0xC0)
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
    case '(':
    case '[':
        return OPENING;
    case ')':
    case ']':
        return CLOSING;
    case '"':
    case 0x00AB: /* angle quotes */
    case 0x00BB:
    case 0x2018: /* raised ones, and the apostrophe */
    case 0x2019:
    case 0x201C:
    case 0x201D:
        return QUOTE;
    case 0x00A0:
        return NO_BREAK_SPACE;
    default:
        return OTHER;
    }
}

/* Whether a line may break between the two. `number`: what stands before is digits, and commas since. */
static bool breaks_between(enum plain_class before, enum plain_class next, bool number)
{
    switch (before) {
    case SPACE:
        return next != SPACE && next != COMMA && next != QUESTION && next != CLOSING;
    case QUESTION:
        return next == LETTER || next == DIGIT || next == OPENING;
    case COMMA:
        return next == OPENING || (next == DIGIT && !number);
    case CLOSING:
        return next == OPENING;
    default:
        return false;
    }
}

bool opportunities_of_plain(const char *text, uint32_t length, uint8_t *out)
{
    enum plain_class last = OTHER, before = LETTER; /* the character before, and what it counts as */
    bool number = false, quote = false;             /* a quote, and spaces since */
    for (const char *p = text; p < text + length;) {
        uint8_t *place = out + (p - text);
        enum plain_class class = class_of(utf8_next(&p)), as = class;
        bool joins = class == MARK && (last == LETTER || last == DIGIT || last == MARK);
        if (class == OTHER || (class == MARK && !joins) || (class == ISOLATE && last == HYPHEN) ||
            (class == OPENING && quote))
            return false;
        if (class == ISOLATE || class == MARK) /* they go with what stands before them, or are as letters are */
            as = last == SPACE ? LETTER : before;
        else if (class == SPACE && before == OPENING) /* nothing breaks behind it, not even behind a space */
            as = OPENING;
        *place = joins ? NO_BREAK : breaks_between(before, as, number) ? LINE_BREAK : CHAR_BREAK;
        quote = as == QUOTE || (as == SPACE && quote);
        number = as == DIGIT || (as == COMMA && number);
        last = class;
        before = as;
    }
    return true;
}
