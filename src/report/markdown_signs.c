/*
 * Signs that other dialects of Markdown read and this one does not: `~~struck~~`, `[ ] a task`, a table without the
 * line below its titles. They come out of the parser as text and would be printed. Knows how they are written; must not
 * know the parser's nodes.
 */
#include "report/markdown_inside.h"

#include "base/utf8.h"
#include "report/letters.h"

#include <string.h>

enum sign_use {
    SIGN_ANYWHERE, /* wherever it stands */
    SIGN_WORDS,    /* around words: "==a b==" */
    SIGN_WORD,     /* around letters and digits alone: "^st^" */
    SIGN_PREFIXED, /* around words, behind an Arabic letter: names as "a_b_c" are Latin */
    SIGN_BEFORE,   /* before a letter */
    SIGN_ADDRESS,  /* before an address */
};

/* A longer sign before one that it begins with. */
static const struct sign {
    const char *mark;
    enum sign_use use;
    const char *say;
} signs[] = {
    { "**", SIGN_ANYWHERE,
      "this ** makes nothing strong: it has no partner, or a space inside, or a sign inside and a letter outside; "
      "write **words**, or \\*\\* for asterisks" },
    { "*", SIGN_BEFORE,
      "this * stresses nothing: it has no partner, or a space inside, or a sign inside and a letter outside; write "
      "*words*, or \\* for an asterisk" },
    { "~~", SIGN_ANYWHERE,
      "~~ strikes nothing out here: a briefing says what holds; take the struck words out, or write \\~\\~ for the "
      "signs" },
    { "==", SIGN_WORDS, "== marks no words here; write **words** for what stands out, or \\=\\= for the signs" },
    { "^[", SIGN_ANYWHERE,
      "^[ begins no footnote here; refer to one by [^name], and add a line [^name]: with its text" },
    { "^", SIGN_WORD, "^ raises nothing here; write the raised sign itself, as in km², or \\^ for the sign" },
    { "~", SIGN_WORD, "~ lowers nothing here; write the lowered sign itself, as in CO₂, or \\~ for the sign" },
    { "_", SIGN_PREFIXED,
      "this _ stresses nothing, since a letter stands before it; write *words*, or \\_ for the sign" },
    { "](", SIGN_ANYWHERE,
      "this makes no link: in the brackets behind the words stands the address alone, without spaces; write "
      "[words](https://...), or \\] for the bracket" },
    { "] (", SIGN_ADDRESS, "a space parts these words from their address; write [words](https://...)" },
    { "][", SIGN_ANYWHERE,
      "no line gives this link's address; write [words](https://...), or \\] for the bracket" },
};

/* Whether what stands in [from, to) is letters and digits, at least one. */
static bool is_word(const char *text, size_t from, size_t to)
{
    const char *p = text + from;

    while (p < text + to) {
        uint32_t code_point = utf8_next(&p);

        if (letters_script(code_point) == LETTERS_NONE && !letters_is_digit(code_point))
            return false;
    }
    return from < to;
}

static bool letter_at(const char *text, size_t at, size_t to)
{
    const char *p = text + at;

    return at < to && letters_script(utf8_next(&p)) != LETTERS_NONE;
}

/* Behind the partner of the sign that ends at `inside`; 0: it has none. */
static size_t behind_partner(const struct sign *sign, const char *text, size_t inside, size_t to)
{
    size_t length = strlen(sign->mark);

    if (inside >= to || strchr(" \n", text[inside]) || text[inside] == *sign->mark)
        return 0;
    for (size_t i = inside + 1; i + length <= to; i++) {
        if (text[i] == '\\' || strncmp(text + i, sign->mark, length) != 0 || strchr(" \n", text[i - 1])) {
            i += text[i] == '\\';
            continue;
        }
        if (sign->use == SIGN_WORD && !is_word(text, inside, i))
            return 0;
        return i + length;
    }
    return 0;
}

static bool arabic_before(const char *text, size_t at)
{
    const char *p;

    if (at == 0)
        return false;
    do
        at--;
    while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80);
    p = text + at;
    return letters_script(utf8_next(&p)) == LETTERS_RIGHT_TO_LEFT;
}

/* Whether the sign that ends at `inside` would be printed; `behind`: its partner's end, or 0. */
static bool is_printed(const struct sign *sign, const char *text, size_t inside, size_t to, size_t behind)
{
    switch (sign->use) {
    case SIGN_ANYWHERE:
        return true;
    case SIGN_BEFORE:
        return letter_at(text, inside, to);
    case SIGN_ADDRESS:
        return strncmp(text + inside, "http", 4) == 0;
    case SIGN_PREFIXED:
        return behind > 0 && arabic_before(text, inside - strlen(sign->mark));
    case SIGN_WORDS:
    case SIGN_WORD:
        break;
    }
    return behind > 0;
}

/* The sign that would be printed at `i`, and where the search goes on; NULL: none. */
static const struct sign *sign_at(const char *text, size_t i, size_t to, size_t *behind)
{
    for (const struct sign *sign = signs; sign < signs + sizeof signs / sizeof *signs; sign++) {
        size_t length = strlen(sign->mark);

        if (i + length > to || strncmp(text + i, sign->mark, length) != 0)
            continue;
        *behind = behind_partner(sign, text, i + length, to);
        if (!is_printed(sign, text, i + length, to, *behind))
            continue;
        for (*behind = *behind ? *behind : i + length; *behind < to && text[*behind] == *sign->mark; ++*behind)
            ;
        return sign;
    }
    return NULL;
}

/* Most bytes of a text do not: they are passed without a look at the table. */
static bool may_begin_sign(char c)
{
    return c == '*' || c == '~' || c == '=' || c == '^' || c == '_' || c == ']';
}

void markdown_check_signs(struct reader *reader, size_t from, size_t to)
{
    const char *text = reader->source.text;

    for (size_t i = from, behind; i < to; i = behind) {
        const struct sign *sign = may_begin_sign(text[i]) ? sign_at(text, i, to, &behind) : NULL;

        if (sign)
            diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, source_place(&reader->source, i), "%s", sign->say);
        else
            behind = i + (text[i] == '\\' ? 2 : 1);
    }
}

/* ---- how a paragraph begins ---- */

static bool begins_with(const struct rich_text *text, const char *start)
{
    return strncmp(text->utf8, start, strlen(start)) == 0;
}

/* "##Heading" */
static bool is_heading_without_space(const struct rich_text *text)
{
    size_t marks = strspn(text->utf8, "#");

    return marks > 1 && letter_at(text->utf8, marks, text->length);
}

/* Where a line begins with ": ", as the definition of a term; the text's length: nowhere. */
static uint32_t definition_line(const struct rich_text *text)
{
    for (size_t i = 0; i < text->place_count; i++) {
        uint32_t offset = text->places[i].offset;

        if (offset > 0 && text->utf8[offset - 1] == ' ' && strncmp(text->utf8 + offset, ": ", 2) == 0)
            return offset;
    }
    return text->length;
}

void markdown_check_paragraph(struct reader *reader, const struct rich_text *text, bool first_in_item)
{
    const char *say = NULL;
    uint32_t offset = 0;

    if (text->length > 2 && text->utf8[0] == '|' && text->utf8[text->length - 1] == '|')
        say = "this table has no line below its titles that gives each column a ---; write |---|---| there";
    else if (is_heading_without_space(text))
        say = "a heading has a space behind its ##; write ## Words {#name}";
    else if (first_in_item && (begins_with(text, "[ ] ") || begins_with(text, "[x] ") || begins_with(text, "[X] ")))
        say = "a list has no boxes to tick; say in words what is done, or write \\[ for the bracket";
    else if ((offset = definition_line(text)) < text->length)
        say = "a line that begins with : defines no term here; write a list, - **term**: words";
    if (say)
        diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, rich_place(text, offset), "%s", say);
}
