/*
 * Writes what is told from the tables of the program: generate page FILE.in, a manual page whose lines that begin with @
 * are taken from there; generate completion bash|zsh|fish. Both to standard output.
 */
#include "generate.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/key.h"
#include "base/version.h"
#include "cli/options_table.h"
#include "layout/style.h"
#include "report/definition.h"
#include "text/font.h"
#include "workspace/schedule.h"

/* --- roff --- */

/* A text as it is: no hyphen is one of a broken word, no line is a request. */
static void put(const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p == '\\')
            fputs("\\e", stdout);
        else if (*p == '-')
            fputs("\\-", stdout);
        else if (p == text && (*p == '.' || *p == '\''))
            printf("\\&%c", *p);
        else
            putchar(*p);
    }
}

static void put_line(const char *text)
{
    put(text);
    putchar('\n');
}

static void put_term(const char *term, const char *after)
{
    fputs(".TP\n\\fB", stdout);
    put(term);
    fputs("\\fR", stdout);
    put(after);
    putchar('\n');
}

/* --- commands and options --- */

static void put_head(const char *name, const char *section)
{
    const struct command_entry *c = NULL;
    for (int i = 1; i < COMMAND_COUNT; i++)
        if (strcmp(command_table((enum command)i)->name, name) == 0)
            c = command_table((enum command)i);
    fputs(".TH \"MUJAZ\\-", stdout);
    for (const char *p = name; *p; p++)
        putchar(*p == '-' ? '-' : *p - 'a' + 'A');
    printf("\" \"%s\" \"" MANUAL_DATE "\" \"mujaz " MUJAZ_VERSION "\" \"%s\"\n", section,
           *section == '8' ? "System administration" : "Mujaz");
    fputs(".SH NAME\nmujaz\\-", stdout);
    put(name);
    printf(" \\- ");
    put_line(c->summary);
    puts(".SH SYNOPSIS");
    for (int i = 0; i < COMMAND_USAGES && c->usage[i]; i++) {
        if (i)
            puts(".br");
        fputs("\\fBmujaz\\fR ", stdout);
        put_line(c->usage[i]);
    }
    puts(".SH DESCRIPTION");
    for (const char *line = c->about; *line; line += strcspn(line, "\n") + 1) {
        char text[128];
        snprintf(text, sizeof text, "%.*s", (int)strcspn(line, "\n"), line);
        put_line(text);
    }
}

static void put_options(const char *name)
{
    size_t count;
    const struct option_entry *options = option_table(&count);
    enum command command = COMMAND_NONE;
    for (int i = 1; i < COMMAND_COUNT; i++)
        if (strcmp(command_table((enum command)i)->name, name) == 0)
            command = (enum command)i;
    for (size_t i = 0; i < count; i++) {
        const struct option_entry *o = &options[i];
        if (!(o->commands >> command & 1))
            continue;
        puts(".TP");
        if (o->letter < OPTION_FORMAT)
            printf("\\fB\\-%c\\fR, ", o->letter);
        fputs("\\fB\\-\\-", stdout);
        put(o->name);
        bool optional = o->value && *o->value == '[';
        printf("\\fR%s\\fI", optional ? "[=" : o->value ? "=" : "");
        put(!o->value ? "" : o->value + optional);
        puts("\\fR");
        put(o->meaning);
        puts(".");
        if (o->more)
            put_line(o->more);
    }
}

static void put_commands(void)
{
    for (int i = 1; i < COMMAND_COUNT; i++) {
        const struct command_entry *c = command_table((enum command)i);
        char page[64];
        snprintf(page, sizeof page, "mujaz-%s", c->name);
        put_term(page, i == COMMAND_NIGHTLY ? "(8)" : "(1)");
        put_line(c->summary);
    }
}

/* --- keys --- */

static const char *kind_of(const struct key *key)
{
    static const char *const kinds[] = {
        [KEY_TEXT] = "a text", [KEY_BOTH] = "{en: TEXT, ar: TEXT}", [KEY_SAME] = "a text, or {en: TEXT, ar: TEXT}",
        [KEY_COLUMN] = "a column, or {en: COLUMN, ar: COLUMN}", [KEY_STATEMENT] = "a SELECT", [KEY_NAME] = "a name",
        [KEY_DATE] = "a day, as 2024-04-03", [KEY_WHOLE] = "a whole number", [KEY_NUMBER] = "a number",
        [KEY_SWITCH] = "true or false", [KEY_CHOICE] = "one of", [KEY_FLAG] = "one of", [KEY_CHOICES] = "a list of",
        [KEY_MAP] = "a map", [KEY_LIST] = "a list", [KEY_NAMED] = "a map of names",
    };
    return kinds[key->kind];
}

static void put_choices(const char *const choices[])
{
    for (size_t i = 0; choices[i]; i++) {
        printf("%s\\fB", i ? ", " : "");
        put(choices[i]);
        fputs("\\fR", stdout);
    }
}

static void put_keys(const struct key keys[]);

static void put_key(const struct key *key)
{
    put_term(key->name, key->required ? " (required)" : "");
    if (key->meaning) {
        put(key->meaning);
        fputs(key->kind == KEY_STATEMENT ? "" : ": ", stdout);
    }
    if (!key->meaning || key->kind != KEY_STATEMENT) /* whose meaning says that it is one */
        put(kind_of(key));
    if (key->choices) {
        fputs(key->kind == KEY_MAP ? ", or " : " ", stdout);
        put_choices(key->choices);
    }
    if (key->most > 0)
        printf(" from %g to %g", key->least, key->most);
    puts(".");
    /* What charts have is a section of its own. */
    const struct key *of = key->of;
    while (of && !*of->name) {
        printf("Each is %s%s", of->kind == KEY_STATEMENT ? "" : kind_of(of), of->kind == KEY_STATEMENT ? "" : ": ");
        put(of->meaning);
        puts(".");
        of = of->of;
    }
    if (!of || of == chart_keys)
        return;
    puts(".RS");
    put_keys(of);
    puts(".RE");
}

static void put_keys(const struct key keys[])
{
    for (; keys->name; keys++)
        put_key(keys);
}

/* Which roles and keys each type of chart has. */
static void put_types(void)
{
    for (enum chart_type type = 0; type < CHART_TYPE_COUNT; type++) {
        bool any = false;
        put_term(chart_type_name(type), "");
        fputs("needs", stdout);
        for (enum chart_role role = 0; role < ROLE_COUNT; role++)
            if (chart_type_needs(type, role))
                printf(" \\fI%s\\fR", chart_role_name(role));
        for (enum chart_role role = 0; role < ROLE_COUNT; role++)
            if (chart_type_takes(type, role) && !chart_type_needs(type, role)) {
                printf("%s \\fI%s\\fR", any ? "" : "; takes", chart_role_name(role));
                any = true;
            }
        any = false;
        for (const struct key *key = chart_keys; key->name; key++) {
            bool all = true;
            for (enum chart_type other = 0; other < CHART_TYPE_COUNT; other++)
                all &= chart_type_has_key(other, key->name);
            if (all || !chart_type_has_key(type, key->name))
                continue;
            printf("%s \\fB%s\\fR", any ? "" : "; has", key->name);
            any = true;
        }
        puts(".");
    }
}

static void put_layout(void)
{
    static const char *const kinds[] = {
        [SETTING_NAME] = "a name", [SETTING_PATH] = "a path", [SETTING_POINTS] = "points", [SETTING_MM] = "millimetres",
        [SETTING_RATIO] = "a number", [SETTING_COUNT] = "a whole number", [SETTING_SWITCH] = "true or false",
        [SETTING_CHOICE] = "one of", [SETTING_COLOUR] = "a colour, as \"#0B5563\"",
        [SETTING_MARK] = "one to three characters", [SETTING_WORDS] = "words, or {en: WORDS, ar: WORDS}",
    };
    size_t count;
    const struct style_setting *settings = style_settings(&count);
    for (size_t i = 0; i < count; i++) {
        const struct style_setting *s = &settings[i];
        char name[64];
        snprintf(name, sizeof name, "%s%s%s", s->group ? s->group : "", s->group ? "." : "", s->key);
        put_term(name, s->optional ? " (optional)" : "");
        put(s->meaning);
        fputs(": ", stdout);
        put(kinds[s->kind]);
        if (s->choices) {
            putchar(' ');
            put_choices(s->choices);
        } else if (s->kind >= SETTING_POINTS && s->kind <= SETTING_COUNT) {
            printf(" from %g to %g", s->least, s->most);
        }
        puts(".");
    }
}

static void put_schedule(void)
{
    static const char *const kinds[] = {
        [SCHEDULE_COUNT] = "a whole number", [SCHEDULE_SWITCH] = "true or false", [SCHEDULE_CHOICE] = "one of",
        [SCHEDULE_CHOICES] = "a list of", [SCHEDULE_LAYOUT] = "a name", [SCHEDULE_FOLDER] = "a path",
        [SCHEDULE_ADDRESS] = "an address, as https://briefings.example/",
    };
    size_t count;
    const struct schedule_setting *settings = schedule_settings(&count);
    for (size_t i = 0; i < count; i++) {
        const struct schedule_setting *s = &settings[i];
        put_term(s->key, s->of_report ? "" : " (at the top only)");
        put(s->meaning);
        fputs(": ", stdout);
        put(kinds[s->kind]);
        if (s->choices) {
            putchar(' ');
            put_choices(s->choices);
        } else if (s->kind == SCHEDULE_COUNT) {
            printf(" from %lld to %lld", (long long)s->least, (long long)s->most);
        }
        puts(".");
    }
}

/* --- diagnostics --- */

static void put_diagnostics(void)
{
    static const struct { const char *slug, *summary; int level; } all[] = {
#define DIAG(id, slug, level, summary) { slug, summary, level },
#include "base/diag_ids.h"
#undef DIAG
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        put_term(all[i].slug, all[i].level == DIAG_WARNING ? " (warning)" : all[i].level == DIAG_SYSTEM ? " (system)" : "");
        put(all[i].summary);
        puts(".");
    }
}

/* --- a page --- */

static bool take(char *line)
{
    char word[2][64] = { "", "" };
    if (sscanf(line, "@head %63s %63s", word[0], word[1]) == 2)
        put_head(word[0], word[1]);
    else if (sscanf(line, "@options %63s", word[0]) == 1)
        put_options(word[0]);
    else if (strcmp(line, "@commands") == 0)
        put_commands();
    else if (strcmp(line, "@keys report") == 0)
        put_keys(definition_keys);
    else if (strcmp(line, "@keys chart") == 0)
        put_keys(chart_keys);
    else if (strcmp(line, "@keys fonts") == 0)
        put_keys(font_set_keys());
    else if (strcmp(line, "@keys layout") == 0)
        put_layout();
    else if (strcmp(line, "@keys schedule") == 0)
        put_schedule();
    else if (strcmp(line, "@types") == 0)
        put_types();
    else if (strcmp(line, "@diagnostics") == 0)
        put_diagnostics();
    else if (sscanf(line, "@markdown %63s", word[0]) == 1)
        return put_markdown(word[0]);
    else if (sscanf(line, "@title %63s %63s", word[0], word[1]) == 2)
        printf(".TH \"%s\" \"%s\" \"" MANUAL_DATE "\" \"mujaz " MUJAZ_VERSION "\" \"Mujaz\"\n", word[0], word[1]);
    else
        return false;
    return true;
}

static int put_page(const char *path)
{
    char line[512];
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        return 1;
    }
    for (int number = 1; fgets(line, sizeof line, file); number++) {
        if (*line != '@') {
            fputs(line, stdout);
            continue;
        }
        line[strcspn(line, "\n")] = '\0';
        if (!take(line)) {
            fprintf(stderr, "%s:%d: '%s' is nothing that can be told\n", path, number, line);
            return 1;
        }
    }
    fclose(file);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "page") == 0)
        return put_page(argv[2]);
    if (argc == 3 && strcmp(argv[1], "completion") == 0)
        return put_completion(argv[2]) ? 0 : 2;
    fputs("usage: generate page FILE.in | completion bash|zsh|fish\n", stderr);
    return 2;
}
