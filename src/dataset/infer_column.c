/*
 * The type of a column, from its texts: the first form of a list by which every one of them can be read. A
 * form is written as the properties of a field, and tried as schema.h reads them, so that what is tried is
 * what is written.
 */
#include "dataset/infer.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/node.h"
#include "base/utf8.h"
#include "dataset/schema.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { TRIED = 200, FEW = 24, REPEATED = 3, LONGEST_CATEGORY = 60, UNIQUE_LEAST = 5 };

#define DOUBT(in, ...) infer_say(in, &(in)->doubts, &(in)->doubt_count, __VA_ARGS__)

/* In the order in which they are tried: a text that suits two is the first. */
struct form {
    const char *properties, *words;
    const char *rival; /* the properties of the form that the same texts may suit; NULL: none */
};

static const struct form forms[] = {
    { "\"type\": \"boolean\", \"trueValues\": [\"true\"], \"falseValues\": [\"false\"]", "true or false",
      NULL },
    { "\"type\": \"boolean\", \"trueValues\": [\"True\"], \"falseValues\": [\"False\"]", "True or False",
      NULL },
    { "\"type\": \"boolean\", \"trueValues\": [\"TRUE\"], \"falseValues\": [\"FALSE\"]", "TRUE or FALSE",
      NULL },
    { "\"type\": \"boolean\", \"trueValues\": [\"yes\"], \"falseValues\": [\"no\"]", "yes or no", NULL },
    { "\"type\": \"boolean\", \"trueValues\": [\"Yes\"], \"falseValues\": [\"No\"]", "Yes or No", NULL },
    { "\"type\": \"boolean\", \"trueValues\": [\"YES\"], \"falseValues\": [\"NO\"]", "YES or NO", NULL },
    { "\"type\": \"boolean\", \"trueValues\": [\"Y\"], \"falseValues\": [\"N\"]", "Y or N", NULL },
    { "\"type\": \"boolean\", \"trueValues\": [\"نعم\"], \"falseValues\": [\"لا\", \"كلا\"]", "نعم or لا",
      NULL },
    { "\"type\": \"integer\"", "whole numbers", NULL },
    { "\"type\": \"integer\", \"groupChar\": \",\"", "whole numbers as 1,200", NULL },
    { "\"type\": \"number\"", "numbers as 1200.5", NULL },
    { "\"type\": \"number\", \"groupChar\": \",\"", "numbers as 1,200.5", NULL },
    { "\"type\": \"number\", \"decimalChar\": \",\"", "numbers as 1200,5", NULL },
    { "\"type\": \"integer\", \"groupChar\": \".\"", "whole numbers as 1.200", NULL },
    { "\"type\": \"number\", \"decimalChar\": \",\", \"groupChar\": \".\"", "numbers as 1.200,5", NULL },
    { "\"type\": \"integer\", \"groupChar\": \" \"", "whole numbers as 1 200", NULL },
    { "\"type\": \"integer\", \"groupChar\": \"\u00A0\"", "whole numbers as 1 200, with no-break spaces",
      NULL },
    { "\"type\": \"integer\", \"groupChar\": \"\u202F\"", "whole numbers as 1 200, with narrow spaces",
      NULL },
    { "\"type\": \"integer\", \"groupChar\": \"'\"", "whole numbers as 1'200", NULL },
    { "\"type\": \"number\", \"decimalChar\": \",\", \"groupChar\": \" \"", "numbers as 1 200,5", NULL },
    { "\"type\": \"number\", \"decimalChar\": \",\", \"groupChar\": \"\u00A0\"",
      "numbers as 1 200,5, with no-break spaces", NULL },
    { "\"type\": \"number\", \"decimalChar\": \",\", \"groupChar\": \"\u202F\"",
      "numbers as 1 200,5, with narrow spaces", NULL },
    { "\"type\": \"number\", \"groupChar\": \" \"", "numbers as 1 200.5", NULL },
    { "\"type\": \"number\", \"groupChar\": \"'\"", "numbers as 1'200.5", NULL },
    { "\"type\": \"number\", \"bareNumber\": false", "numbers with a sign around them, as 95%", NULL },
    { "\"type\": \"number\", \"bareNumber\": false, \"groupChar\": \",\"",
      "numbers with a sign around them, as $1,200.5", NULL },
    { "\"type\": \"number\", \"bareNumber\": false, \"decimalChar\": \",\"",
      "numbers with a sign around them, as 95,5%", NULL },
    { "\"type\": \"number\", \"bareNumber\": false, \"decimalChar\": \",\", \"groupChar\": \".\"",
      "numbers with a sign around them, as € 1.200,5", NULL },
    { "\"type\": \"date\"", "days as 2024-01-31", NULL },
    { "\"type\": \"yearmonth\"", "months as 2024-01", NULL },
    { "\"type\": \"date\", \"format\": \"%d/%m/%Y\"", "days as 31/01/2024", "\"format\": \"%m/%d/%Y\"" },
    { "\"type\": \"date\", \"format\": \"%m/%d/%Y\"", "days as 01/31/2024", NULL },
    { "\"type\": \"date\", \"format\": \"%Y/%m/%d\"", "days as 2024/01/31", "\"format\": \"%Y/%d/%m\"" },
    { "\"type\": \"date\", \"format\": \"%d-%m-%Y\"", "days as 31-01-2024", "\"format\": \"%m-%d-%Y\"" },
    { "\"type\": \"date\", \"format\": \"%m-%d-%Y\"", "days as 01-31-2024", NULL },
    { "\"type\": \"date\", \"format\": \"%d.%m.%Y\"", "days as 31.01.2024", NULL },
    { "\"type\": \"date\", \"format\": \"%Y.%m.%d\"", "days as 2024.01.31", NULL },
    { "\"type\": \"date\", \"format\": \"%d/%m/%y\"", "days as 31/01/24", "\"format\": \"%m/%d/%y\"" },
    { "\"type\": \"date\", \"format\": \"%m/%d/%y\"", "days as 01/31/24", NULL },
    { "\"type\": \"date\", \"format\": \"%d-%m-%y\"", "days as 31-01-24", "\"format\": \"%m-%d-%y\"" },
    { "\"type\": \"date\", \"format\": \"%d.%m.%y\"", "days as 31.01.24", NULL },
    { "\"type\": \"date\", \"format\": \"%d %B %Y\"", "days as 31 January 2024 or ٣١ كانون الثاني ٢٠٢٤",
      NULL },
    { "\"type\": \"date\", \"format\": \"%d %B، %Y\"", "days as 31 كانون الثاني، 2024", NULL },
    { "\"type\": \"date\", \"format\": \"%B %d, %Y\"", "days as January 31, 2024", NULL },
    { "\"type\": \"date\", \"format\": \"%B %d %Y\"", "days as January 31 2024", NULL },
    { "\"type\": \"date\", \"format\": \"%d-%b-%Y\"", "days as 31-Jan-2024", NULL },
    { "\"type\": \"date\", \"format\": \"%d/%b/%Y\"", "days as 31/Jan/2024", NULL },
    { "\"type\": \"date\", \"format\": \"%d-%b-%y\"", "days as 31-Jan-24", NULL },
    { "\"type\": \"date\", \"format\": \"%d %b %y\"", "days as 31 Jan 24", NULL },
    { "\"type\": \"date\", \"format\": \"%A, %d %B %Y\"", "days as Wednesday, 31 January 2024", NULL },
    { "\"type\": \"date\", \"partialDates\": true", "days as 2024-01-31, with 00 for what is not known",
      NULL },
    { "\"type\": \"date\", \"format\": \"%d/%m/%Y\", \"partialDates\": true",
      "days as 31/01/2024, with 00 for what is not known",
      "\"format\": \"%m/%d/%Y\", \"partialDates\": true" },
    { "\"type\": \"date\", \"format\": \"%m/%d/%Y\", \"partialDates\": true",
      "days as 01/31/2024, with 00 for what is not known", NULL },
    { "\"type\": \"datetime\"", "moments as 2024-01-31T23:59:00", NULL },
    { "\"type\": \"datetime\", \"format\": \"%Y-%m-%d %H:%M:%S\"", "moments as 2024-01-31 23:59:00", NULL },
    { "\"type\": \"datetime\", \"format\": \"%Y-%m-%d %H:%M\"", "moments as 2024-01-31 23:59", NULL },
    { "\"type\": \"datetime\", \"format\": \"%Y-%m-%dT%H:%M\"", "moments as 2024-01-31T23:59", NULL },
    { "\"type\": \"datetime\", \"format\": \"%d/%m/%Y %H:%M:%S\"", "moments as 31/01/2024 23:59:00",
      "\"format\": \"%m/%d/%Y %H:%M:%S\"" },
    { "\"type\": \"datetime\", \"format\": \"%m/%d/%Y %H:%M:%S\"", "moments as 01/31/2024 23:59:00", NULL },
    { "\"type\": \"datetime\", \"format\": \"%d/%m/%Y %H:%M\"", "moments as 31/01/2024 23:59",
      "\"format\": \"%m/%d/%Y %H:%M\"" },
    { "\"type\": \"datetime\", \"format\": \"%m/%d/%Y %H:%M\"", "moments as 01/31/2024 23:59", NULL },
    { "\"type\": \"datetime\", \"format\": \"%m/%d/%Y %I:%M:%S %p\"", "moments as 01/31/2024 11:59:00 PM",
      NULL },
    { "\"type\": \"datetime\", \"format\": \"%m/%d/%Y %I:%M %p\"", "moments as 01/31/2024 11:59 PM", NULL },
    { "\"type\": \"datetime\", \"format\": \"%d.%m.%Y %H:%M\"", "moments as 31.01.2024 23:59", NULL },
    { "\"type\": \"time\"", "times as 23:59:00", NULL },
    { "\"type\": \"time\", \"format\": \"%H:%M\"", "times as 23:59", NULL },
};

static const struct form text_form = { "\"type\": \"string\"", "texts", NULL };
static const struct form year_form = { "\"type\": \"year\"", "years", NULL };
static const struct form packed_form = { "\"type\": \"date\", \"format\": \"%Y%m%d\"", "days as 20240131",
                                         NULL };

/* Texts by which files say that there is no value. Of a column of texts only those that are no word count. */
static const struct {
    const char *text;
    bool in_texts;
} nothings[] = {
    { "-", false },       { "--", false },  { "\u2013", false }, { "\u2014", false },   { "..", true },
    { "...", true },      { "n/a", true },  { "N/A", true },     { "#N/A", true },      { "NA", false },
    { "na", false },      { "null", true }, { "NULL", true },    { "None", false },     { "none", false },
    { "nil", false },     { "NaN", true },  { "nan", true },     { "?", false },        { ".", false },
    { "-0-", true },      { "-0- ", true }, { "\\N", true },     { "غير متوفر", true }, { "غير متاح", true },
    { "لا يوجد", false }, { " ", true },
};

static bool says_nothing(const char *text, bool in_texts)
{
    for (size_t i = 0; i < sizeof nothings / sizeof *nothings; i++)
        if (strcmp(text, nothings[i].text) == 0)
            return nothings[i].in_texts || !in_texts;
    return false;
}

/* A form as the schema reads it. */
static struct field read_form(struct inferred *in, const char *properties, const struct node **out)
{
    static const struct text_list none = { 0 };
    struct field field = { 0 };
    struct diags *unsaid = diags_new();
    const char *text = arena_printf(in->arena, "{\"name\": \"x\", %s}", properties);
    *out = node_parse("", text, strlen(text), in->arena, unsaid);
    if (*out)
        schema_read_field(*out, &none, in->arena, &field, unsaid);
    diags_drop(unsaid);
    return field;
}

static bool is_zero_led(const char *text)
{
    return text[0] == '0' && text[1] >= '0' && text[1] <= '9';
}

/* A number in words is none: of what stands around it only signs are taken off. */
static bool has_letter(const char *text)
{
    while (*text) {
        uint32_t c = utf8_next(&text);
        if ((c | 0x20) - 'a' < 26u || (c >= 0xC0 && c < 0x600) || (c >= 0x620 && c < 0x660) ||
            (c >= 0x66E && c < 0x6F0))
            return true;
    }
    return false;
}

static bool suits(const struct field *field, const char *text, struct arena *scratch)
{
    struct value value;
    bool number = field->type == FIELD_INTEGER || field->type == FIELD_NUMBER;
    if (number && (is_zero_led(text) || (!field->bare && has_letter(text))))
        return false; /* 007 is a code */
    return field_parse(field, text, strlen(text), scratch, &value);
}

/* How many cells can be read by the form; how many say in words that there is no value; the first text that
 * is neither, SIZE_MAX: none. Ends early when hardly any can be read. */
static size_t count_suiting(const struct inferred_column *c, const struct field *field, size_t *nothing,
                            size_t *bad)
{
    struct arena *scratch = arena_new();
    size_t good = 0;
    *bad = SIZE_MAX;
    *nothing = 0;
    for (size_t i = 0; i < dictionary_count(c->texts); i++) {
        const char *text = dictionary_text(c->texts, i);
        if (suits(field, text, scratch))
            good += c->counts[i];
        else if (!*text || says_nothing(text, false))
            *nothing += *text ? c->counts[i] : 0;
        else if (*bad == SIZE_MAX)
            *bad = i;
        if (i % 512 == 511)
            arena_clear(scratch);
        if (i == TRIED && *bad != SIZE_MAX && good == 0)
            break;
    }
    arena_drop(scratch);
    return good;
}

static bool form_fits(struct inferred *in, const struct inferred_column *c, const char *properties)
{
    const struct node *node;
    struct field field = read_form(in, properties, &node);
    size_t nothing, bad;
    size_t good = count_suiting(c, &field, &nothing, &bad);
    return good > 0 && good >= nothing && bad == SIZE_MAX;
}

/* --- what a name says ---------------------------------------------------------------------------------------- */

static bool name_has(const char *name, const char *const words[])
{
    for (size_t i = 0; words[i]; i++)
        for (const char *p = name; *p; p++)
            if (strncasecmp(p, words[i], strlen(words[i])) == 0)
                return true;
    return false;
}

static bool is_year_name(const char *name)
{
    static const char *const words[] = { "year", "سنة", "السنة", "عام", "العام", NULL };
    return name && name_has(name, words);
}

static bool is_day_name(const char *name)
{
    static const char *const words[] = { "date", "day", "تاريخ", "يوم", NULL };
    return name && name_has(name, words);
}

/* --- the column ---------------------------------------------------------------------------------------------- */

static void take_form(struct inferred *in, struct inferred_column *c, const struct form *form)
{
    c->field = read_form(in, form->properties, &c->properties);
    c->words = form->words;
}

/* Numbers in which a sign parts three digits, once in each: 1,234 may be a group or a fraction. */
static bool sign_is_open(const struct inferred_column *c, char sign)
{
    size_t found = 0;
    for (size_t i = 0; i < dictionary_count(c->texts); i++) {
        const char *text = dictionary_text(c->texts, i), *at = strchr(text, sign);
        if (!at)
            continue;
        size_t after = strspn(at + 1, "0123456789");
        if (strchr(at + 1, sign) || after != 3 || at[4] || at - text > 4 || *text == '0')
            return false;
        found++;
    }
    return found > 0;
}

/* Whether a column's sign could be the other one, and what the rest of the file says speaks for that. */
static bool is_other_sign(const struct inferred *in, const struct inferred_column *c, const char *properties)
{
    bool grouped = strstr(properties, "\"groupChar\": \",\"");
    bool fraction = strstr(properties, "\"number\"") && !strstr(properties, "decimalChar");
    return in->comma && ((grouped && sign_is_open(c, ',')) || (fraction && sign_is_open(c, '.')));
}

static const struct form *find_form(struct inferred *in, struct inferred_column *c)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (is_other_sign(in, c, forms[i].properties) || !form_fits(in, c, forms[i].properties))
            continue;
        if (strcmp(forms[i].properties, "\"type\": \"integer\"") != 0)
            return &forms[i];
        if (is_year_name(c->name) && form_fits(in, c, year_form.properties))
            return &year_form;
        return is_day_name(c->name) && form_fits(in, c, packed_form.properties) ? &packed_form : &forms[i];
    }
    return &text_form;
}

static void find_missing(struct inferred_column *c)
{
    struct arena *scratch = arena_new();
    bool texts = c->field.type == FIELD_STRING;
    c->missing_count = c->empty = 0;
    for (size_t i = 0; i < dictionary_count(c->texts); i++) {
        const char *text = dictionary_text(c->texts, i);
        bool token = *text && says_nothing(text, texts) && (texts || !suits(&c->field, text, scratch));
        if (*text && !token)
            continue;
        if (token && c->missing_count == sizeof c->missing / sizeof *c->missing)
            continue;
        c->empty += c->counts[i];
        if (token)
            c->missing[c->missing_count++] = text;
    }
    arena_drop(scratch);
}

bool infer_fits(const struct inferred_column *c, const char *text, size_t length)
{
    struct arena *scratch = arena_new();
    bool fits = !length || says_nothing(text, false) || suits(&c->field, text, scratch);
    arena_drop(scratch);
    return fits;
}

/* Few texts, each of them often: a slip in a new row is found then. */
static bool is_category(const struct inferred_column *c, size_t rows)
{
    size_t values = 0;
    for (size_t i = 0; i < dictionary_count(c->texts); i++) {
        const char *text = dictionary_text(c->texts, i);
        values += *text != '\0';
        if (dictionary_length(c->texts, i) > LONGEST_CATEGORY || strpbrk(text, "\r\n"))
            return false;
    }
    return c->field.type == FIELD_STRING && values >= 2 && values <= FEW &&
           rows - c->empty >= REPEATED * values && !c->missing_count;
}

static bool is_plain(const struct field *field)
{
    return field->type == FIELD_STRING || (field->type == FIELD_INTEGER && !field->group);
}

void infer_column(struct inferred *in, struct inferred_column *c)
{
    size_t rows = 0, distinct = dictionary_count(c->texts);
    for (size_t i = 0; i < distinct; i++)
        rows += c->counts[i];
    bool has_empty = dictionary_find(c->texts, "", 0) != DICTIONARY_NONE;
    take_form(in, c, distinct > has_empty ? find_form(in, c) : &text_form);
    find_missing(c);
    c->required = rows > 0 && c->empty == 0;
    c->unique = c->required && distinct == rows && rows >= UNIQUE_LEAST && is_plain(&c->field);
    c->category = !c->unique && is_category(c, rows);
}

/* --- doubts -------------------------------------------------------------------------------------------------- */

static void doubt_numbers(struct inferred *in, const struct inferred_column *c)
{
    const struct field *f = &c->field;
    if (f->group && strcmp(f->group, ",") == 0 && sign_is_open(c, ','))
        DOUBT(in,
              "%s: 1,234 is read as 1234, and every cell with a comma would also suit a fraction, 1.234; then "
              "write \"type\": \"number\", \"decimalChar\": \",\" in place of groupChar",
              c->name);
    if (f->group && strcmp(f->group, ".") == 0 && sign_is_open(c, '.'))
        DOUBT(in, "%s: 1.234 is read as 1234, since the file seems to write fractions with a comma; else write "
                  "\"type\": \"number\" without groupChar", c->name);
    if (f->type == FIELD_NUMBER && !f->group && f->decimal == '.' && sign_is_open(c, '.'))
        DOUBT(in,
              "%s: 1.234 is read as a fraction, and every cell with a point would also suit 1234; then write "
              "\"type\": \"integer\", \"groupChar\": \".\"",
              c->name);
    if (f->type != FIELD_INTEGER && f->type != FIELD_NUMBER)
        return;
    static const char *const odd[] = { "-99", "-999", "-9999", "9999", "99999", "999999" };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        int64_t found = dictionary_find(c->texts, odd[i], strlen(odd[i]));
        if (found >= 0 && c->counts[found] > 1)
            DOUBT(in,
                  "%s: %s comes %zu times; if it says that there is no value, add it to \"missingValues\"",
                  c->name, odd[i], c->counts[found]);
    }
}

static void doubt_days(struct inferred *in, const struct inferred_column *c)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (!forms[i].rival || strcmp(forms[i].words, c->words) != 0)
            continue;
        const char *type = c->field.type == FIELD_DATE ? "date" : "datetime";
        if (form_fits(in, c, arena_printf(in->arena, "\"type\": \"%s\", %s", type, forms[i].rival)))
            DOUBT(in,
                  "%s: no day is above 12, so that 03/04 may be 3 April or 4 March; it is read as 3 April; else "
                  "write %s",
                  c->name, forms[i].rival);
    }
    if (c->field.format && strstr(c->field.format, "%y"))
        DOUBT(in, "%s: years of two digits are read as 1969 to 2068", c->name);
}

/* Texts that are nearly all numbers or days: the rest is a slip, or the guess is wrong. */
static void doubt_texts(struct inferred *in, const struct inferred_column *c)
{
    size_t best = 0, bad_of_best = 0, rows = 0;
    const struct form *form = NULL;
    for (size_t i = 0; i < dictionary_count(c->texts); i++)
        rows += c->counts[i];
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const struct node *node;
        struct field field = read_form(in, forms[i].properties, &node);
        size_t nothing, bad, good = count_suiting(c, &field, &nothing, &bad);
        if (good <= best || bad == SIZE_MAX)
            continue;
        best = good;
        bad_of_best = bad;
        form = &forms[i];
    }
    if (form && 10 * best >= 8 * (rows - c->empty)) {
        char shown[FIELD_QUOTE_ROOM];
        const char *text = dictionary_text(c->texts, bad_of_best);
        DOUBT(in,
              "%s: %zu of %zu cells are %s, and '%s' in line %u is not; so all are texts. Mend the file, or add "
              "what says that there is no value to \"missingValues\"",
              c->name, best, rows - c->empty, form->words, field_quote(shown, text, strlen(text)),
              (unsigned)c->lines[bad_of_best]);
    }
}

static bool leads_with_zero(const struct inferred_column *c)
{
    for (size_t i = 0; i < dictionary_count(c->texts); i++) {
        const char *text = dictionary_text(c->texts, i);
        if (is_zero_led(text) && strspn(text, "0123456789") == strlen(text))
            return true;
    }
    return false;
}

void infer_doubts(struct inferred *in, const struct inferred_column *c)
{
    doubt_numbers(in, c);
    if (c->field.type == FIELD_DATE || c->field.type == FIELD_DATETIME)
        doubt_days(in, c);
    if (c->field.type == FIELD_STRING && leads_with_zero(c))
        DOUBT(in, "%s: some cells begin with 0, as codes do; so all are texts", c->name);
    else if (c->field.type == FIELD_STRING && !c->category)
        doubt_texts(in, c);
    for (size_t i = 0; i < c->missing_count; i++)
        DOUBT(in, "%s: '%s' is taken to say that there is no value", c->name, c->missing[i]);
}

/* --- pairs --------------------------------------------------------------------------------------------------- */

/* The name without its language: "name_en" gives "name" and English. */
static bool split_name(const char *name, size_t *stem, enum lang *lang)
{
    static const struct {
        const char *tail;
        enum lang lang;
    } tails[] = { { "en", LANG_EN }, { "eng", LANG_EN }, { "english", LANG_EN }, { "(en)", LANG_EN },
                  { "ar", LANG_AR }, { "ara", LANG_AR }, { "arabic", LANG_AR },  { "(ar)", LANG_AR } };
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        size_t tail = strlen(tails[i].tail);
        if (length < tail + 2 || strcasecmp(name + length - tail, tails[i].tail) != 0 ||
            !strchr("_- .", name[length - tail - 1]))
            continue;
        *stem = length - tail - 1;
        *lang = tails[i].lang;
        return true;
    }
    return false;
}

static void pair(struct inferred *in, size_t en, size_t ar)
{
    in->columns[en].partner = ar;
    in->columns[en].lang = LANG_EN;
    in->columns[ar].partner = en;
    in->columns[ar].lang = LANG_AR;
}

/* name_en and name_ar; where there is no name_en, name and name_ar. */
static void pair_as(struct inferred *in, size_t ar, size_t stem, bool bare)
{
    const char *name = in->columns[ar].name;
    for (size_t i = 0; i < in->column_count && in->columns[ar].partner == SIZE_MAX; i++) {
        const struct inferred_column *c = &in->columns[i];
        size_t own = strlen(c->name);
        enum lang lang = LANG_EN;
        bool split = split_name(c->name, &own, &lang);
        if (i != ar && c->partner == SIZE_MAX && split == !bare && lang == LANG_EN && own == stem &&
            strncasecmp(c->name, name, stem) == 0)
            pair(in, i, ar);
    }
}

void infer_pairs(struct inferred *in)
{
    for (int bare = 0; bare < 2; bare++)
        for (size_t i = 0; i < in->column_count; i++) {
            size_t stem;
            enum lang lang;
            if (split_name(in->columns[i].name, &stem, &lang) && lang == LANG_AR)
                pair_as(in, i, stem, bare);
        }
}
