/* Layout files: what is read, and what is refused with its place. The table of settings is walked as the reader
 * walks it, so that no key is left out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "layout/style.h"
#include "support/press.h"
#include "support/program.h"

struct fixture {
    char *folder; /* a workspace with the shipped layouts and x.yaml */
    struct arena *arena;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->folder = tree_new();
    f->arena = arena_new();
    tree_copy("layouts", f->folder);
    tree_copy("fonts", f->folder);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    arena_drop(f->arena);
    tree_remove(f->folder);
    free(f);
    return 0;
}

static void write_layout(const struct fixture *f, const char *name, const char *text)
{
    char *path = arena_printf(f->arena, "%s/layouts/%s.yaml", f->folder, name);
    file_write(path, text, strlen(text));
}

/* Loads a layout; all that is said of it as text, without the workspace's folder. */
static const struct style *load(const struct fixture *f, const char *name, struct buf *said)
{
    struct diags *diags = diags_new();
    const struct style *style = style_load(f->folder, name, f->arena, diags);
    assert_true((style == NULL) == (diags_errors(diags) > 0));
    buf_init(said);
    for (size_t i = 0; i < diags_count(diags); i++) {
        struct buf one;
        buf_init(&one);
        diag_format(diags_get(diags, i), &one);
        char *tail = strstr(one.data, "layouts/");
        buf_add_string(said, tail ? tail : one.data);
        buf_drop(&one);
    }
    diags_drop(diags);
    return style;
}

static void assert_says(const struct fixture *f, const char *text, const char *expected)
{
    struct buf said;
    write_layout(f, "x", text);
    load(f, "x", &said);
    assert_string_equal(said.data ? said.data : "", expected);
    buf_drop(&said);
}

static const struct style *accept(const struct fixture *f, const char *text)
{
    struct buf said;
    write_layout(f, "x", text);
    const struct style *style = load(f, "x", &said);
    assert_string_equal(said.data ? said.data : "", "");
    assert_non_null(style);
    buf_drop(&said);
    return style;
}

#define EXTENDS "extends: briefing-a4\n"

static void every_shipped_layout_is_read(void **state)
{
    static const char *const names[] = { "briefing-a4", "brief-letter", "one-pager", "booklet-a5", "large-print" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct buf said;
        const struct style *style = load(*state, names[i], &said);
        assert_string_equal(said.data ? said.data : "", "");
        assert_string_equal(style->name, names[i]);
        buf_drop(&said);
    }
}

static void values_become_points_and_numbers(void **state)
{
    struct buf said;
    const struct style *s = load(*state, "briefing-a4", &said);
    buf_drop(&said);
    assert_string_equal(s->fonts, "briefing");
    assert_float_equal(s->page_width, 595.2756f, 0.001f);
    assert_float_equal(s->page_height, 841.8898f, 0.001f);
    assert_int_equal(s->accent, 0x0B5563);
    assert_int_equal(s->chart_accent, 0x0B5563);
    assert_int_equal(s->weight_title, WEIGHT_BOLD);
    assert_int_equal(s->columns, 1);
    assert_true(s->header.rule && !s->footer.rule && !s->first_header && s->first_footer);
    assert_string_equal(s->header.words[POSITION_START][LANG_AR], "{title}");
    assert_string_equal(s->list_mark[1], "–");
}

static void an_extending_layout_gives_what_differs(void **state)
{
    const struct style *s = accept(*state, EXTENDS "colours: {accent: \"#702010\"}\n"
                                                   "page: {size: own, width_mm: 110, height_mm: 200}\n");
    assert_int_equal(s->accent, 0x702010);
    assert_int_equal(s->chart_accent, 0x702010); /* named in the base, so that it follows */
    assert_int_equal(s->ink, 0x1C2126);
    assert_float_equal(s->page_width, 311.8110f, 0.001f);
    assert_float_equal(s->page_height, 566.9291f, 0.001f);
    s = accept(*state, EXTENDS "page: {size: A5, orientation: landscape}\n");
    assert_float_equal(s->page_width, 595.2756f, 0.001f);
    assert_float_equal(s->page_height, 419.5276f, 0.001f);
    s = accept(*state, EXTENDS "charts: {accent: ink}\nfooter: {end: {en: \"p. {page}\", ar: \"ص {page}\"}}\n");
    assert_int_equal(s->chart_accent, 0x1C2126);
    assert_string_equal(s->footer.words[POSITION_END][LANG_EN], "p. {page}");
    assert_string_equal(s->footer.words[POSITION_START][LANG_EN], "Page {page} of {pages}");
}

static void only_a_layout_with_every_key_is_extended(void **state)
{
    assert_says(*state, "extends: booklet-a5\n",
                "layouts/x.yaml:1:10: error: [layout-extends] 'booklet-a5' extends a layout itself; extend one that "
                "gives every key, such as briefing-a4\n");
    assert_says(*state, "extends: x\n",
                "layouts/x.yaml:1:10: error: [layout-extends] 'x' extends a layout itself; extend one that gives "
                "every key, such as briefing-a4\n");
    assert_says(*state, "extends: ../layouts/briefing-a4\n",
                "layouts/x.yaml:1:10: error: [layout-extends] there is no layout '../layouts/briefing-a4'; name a "
                "file in layouts/, without .yaml\n");
    assert_says(*state, "extends: briefing\n",
                "layouts/x.yaml:1:10: error: [layout-extends] there is no layout 'briefing'; name a file in "
                "layouts/, without .yaml\n");
    assert_says(*state, "[fonts]\n", "layouts/x.yaml:1:1: error: [value-kind] a layout is a map; write extends: "
                                     "briefing-a4 and so on\n");
}

/* A layout that extends none and gives one key: each other one is asked for, a group once. */
static void a_layout_of_its_own_gives_every_key(void **state)
{
    const struct fixture *f = *state;
    struct buf said;
    size_t count, errors = 0, wanted = 0;
    const struct style_setting *s = style_settings(&count);
    write_layout(f, "x", "fonts: briefing\n");
    assert_null(load(f, "x", &said));
    for (const char *p = said.data; (p = strstr(p, "layouts/x.yaml:1:1: error: [key-missing] the key '")); p++)
        errors++;
    for (size_t i = 1; i < count; i++)
        wanted += !s[i].optional && (!s[i].group || !s[i - 1].group || strcmp(s[i].group, s[i - 1].group) != 0);
    assert_int_equal(errors, wanted);
    assert_non_null(strstr(said.data, "the key 'sizes_pt' is missing; give it {title: ...}, or extend a layout that "
                                      "has it\n"));
    buf_drop(&said);
}

/* "extends: briefing-a4", then the setting with that value in line 2; the column of the value. */
static const char *layout_with(const struct fixture *f, const struct style_setting *s, const char *value, int *column)
{
    *column = (int)((s->group ? strlen(s->group) + 3 : 0) + strlen(s->key) + 3);
    return s->group ? arena_printf(f->arena, EXTENDS "%s: {%s: %s}\n", s->group, s->key, value)
                    : arena_printf(f->arena, EXTENDS "%s: %s\n", s->key, value);
}

static void assert_starts(const struct fixture *f, const char *text, const char *expected)
{
    struct buf said;
    write_layout(f, "x", text);
    assert_null(load(f, "x", &said));
    if (strncmp(said.data, expected, strlen(expected)) != 0)
        fail_msg("%s\nsays  %s\nwanted %s", text, said.data, expected);
    buf_drop(&said);
}

static void every_key_refuses_a_wrong_kind(void **state)
{
    const struct fixture *f = *state;
    size_t count;
    const struct style_setting *s = style_settings(&count);
    for (size_t i = 0; i < count; i++) {
        int column;
        const char *text = layout_with(f, &s[i], "[a]", &column);
        assert_starts(f, text, arena_printf(f->arena, "layouts/x.yaml:2:%d: error: [value-kind] '%s' is a list; ",
                                            column, s[i].key));
    }
}

static void every_number_keeps_its_range(void **state)
{
    const struct fixture *f = *state;
    size_t count;
    const struct style_setting *s = style_settings(&count);
    for (size_t i = 0; i < count; i++) {
        if (s[i].most <= s[i].least)
            continue;
        for (int high = 0; high < 2; high++) {
            double value = high ? s[i].most + 1 : s[i].least - 1;
            int column;
            const char *text = layout_with(f, &s[i], arena_printf(f->arena, "%g", value), &column);
            assert_starts(f, text, arena_printf(f->arena, "layouts/x.yaml:2:%d: error: [layout-value] '%s' is %g; it "
                                                "must be from %g to %g\n", column, s[i].key, value, s[i].least,
                                                s[i].most));
        }
    }
}

static void every_choice_names_its_values(void **state)
{
    const struct fixture *f = *state;
    size_t count;
    const struct style_setting *s = style_settings(&count);
    for (size_t i = 0; i < count; i++) {
        if (s[i].kind != SETTING_CHOICE)
            continue;
        int column;
        const char *list = s[i].choices[0], *text = layout_with(f, &s[i], "xyzxyzxyz", &column);
        for (size_t k = 1; s[i].choices[k]; k++)
            list = arena_printf(f->arena, "%s, %s", list, s[i].choices[k]);
        assert_starts(f, text, arena_printf(f->arena, "layouts/x.yaml:2:%d: error: [layout-value] 'xyzxyzxyz' of '%s' "
                                            "is not understood; there are %s\n", column, s[i].key, list));
    }
    assert_says(f, EXTENDS "page: {size: a4}\n",
                "layouts/x.yaml:2:14: error: [layout-value] 'a4' of 'size' is not understood; did you mean 'A4'?\n");
}

static void every_switch_colour_and_mark_refuses_what_it_is_not(void **state)
{
    assert_says(*state, EXTENDS "contents: yes\n",
                "layouts/x.yaml:2:11: error: [value-kind] 'contents' is 'yes'; write true or false\n");
    assert_says(*state, EXTENDS "colours: {accent: teal}\n",
                "layouts/x.yaml:2:19: error: [layout-value] 'teal' of 'accent' is not understood; write it as "
                "\"#0B5563\", quoted\n");
    assert_says(*state, EXTENDS "charts: {accent: teal}\n",
                "layouts/x.yaml:2:18: error: [layout-value] 'teal' of 'accent' is not understood; write it as "
                "\"#0B5563\", quoted, or name one of 'colours'\n");
    assert_says(*state, EXTENDS "list_marks: {first: \"----\"}\n",
                "layouts/x.yaml:2:22: error: [layout-value] '----' of 'first' is not understood; write one to three "
                "characters\n");
}

static void colours_that_are_hard_to_see_are_told(void **state)
{
    assert_says(*state, EXTENDS "colours: {ink: \"#8899AA\"}\n",
                "layouts/x.yaml:2:17: warning: [style-contrast] text in the colour 'ink' has a contrast of 2.9 to white "
                "paper; take a darker one, of 4.5 or more\n");
    assert_says(*state, EXTENDS "colours: {accent_soft: \"#7FB0B9\", warning: \"#C96A4C\"}\n",
                "layouts/x.yaml:2:25: warning: [style-contrast] marks in the colour 'accent_soft' have a contrast of 2.4 "
                "to white paper; take a darker one, of 3.0 or more\n"
                "layouts/x.yaml:2:45: warning: [style-contrast] text in the colour 'warning' has a contrast of 3.7 to "
                "white paper; take a darker one, of 4.5 or more\n");
    assert_says(*state, EXTENDS "charts: {muted: \"#8A949C\"}\n",
                "layouts/x.yaml:2:18: warning: [style-contrast] text in the colour 'muted' has a contrast of 3.1 to "
                "white paper; take a darker one, of 4.5 or more\n");
    assert_says(*state, EXTENDS "colours: {shade: \"#707A84\"}\n",
                "layouts/x.yaml:2:19: warning: [style-contrast] text in the colour 'ink' has a contrast of 3.7 to "
                "'shade'; take a lighter shade, of 4.5 or more\n");
}

static void fields_are_known(void **state)
{
    assert_says(*state, EXTENDS "header: {end: \"{sektion}\"}\n",
                "layouts/x.yaml:2:16: error: [layout-field] there is no field 'sektion'; did you mean 'section'?\n");
    assert_says(*state, EXTENDS "footer:\n  start: {en: \"{page} of {total}\", ar: \"{page}\"}\n",
                "layouts/x.yaml:3:26: error: [layout-field] there is no field 'total'; docs/layouts.md lists them\n");
    assert_says(*state, EXTENDS "footer:\n  start: {en: \"page {page\", ar: \"{page}\"}\n",
                "layouts/x.yaml:3:21: error: [layout-field] this brace belongs to no field; write {page}, {title} and "
                "so on\n");
    assert_says(*state, EXTENDS "footer: {start: {en: \"{page}\"}}\n",
                "layouts/x.yaml:2:17: error: [key-missing] the key 'ar' is missing; give it a text\n");
}

static void the_fonts_are_a_file(void **state)
{
    assert_says(*state, EXTENDS "fonts: briefings\n",
                "layouts/x.yaml:2:8: error: [layout-value] 'briefings' of 'fonts' is not understood; did you mean "
                "'briefing'?\n");
    assert_says(*state, EXTENDS "fonts: ../fonts/plain\n",
                "layouts/x.yaml:2:8: error: [layout-value] '../fonts/plain' of 'fonts' is not understood; name a file "
                "in fonts/, without .yaml\n");
    assert_string_equal(accept(*state, EXTENDS "fonts: plain\n")->fonts, "plain");
}

static void a_press_has_a_profile(void **state)
{
    const struct fixture *f = *state;
    size_t length;
    char *profile = file_content(PRESS_PROFILE, &length);
    file_write(arena_printf(f->arena, "%s/press.icc", f->folder), profile, length);
    const struct style *s = accept(f, EXTENDS "colour: cmyk\nprofile: press.icc\nink_limit: 280\n");
    assert_int_equal(s->press.length, length);
    assert_memory_equal(s->press.profile, profile, length);
    assert_string_equal(s->press.name, "Artifex CMYK SWOP Profile");
    assert_float_equal(s->press.ink_limit, 280, 0);
    assert_int_equal(s->press.ink_limit_at.line, 4);
    free(profile);
    accept(f, EXTENDS "colour: cmyk\nprofile: " PRESS_PROFILE "\n");
    accept(f, EXTENDS "profile: absent.icc\n"); /* not needed, and so not read */
    assert_says(f, EXTENDS "colour: cmyk\n", "layouts/x.yaml:2:9: error: [layout-value] 'cmyk' needs to know the press; "
                                             "give 'profile' with its ICC profile\n");
    assert_says(f, EXTENDS "colour: cmyk\nprofile: absent.icc\n",
                "layouts/x.yaml:3:10: error: [file-absent] there is no file 'absent.icc'; name the press's ICC profile\n");
    assert_says(f, EXTENDS "colour: cmyk\nprofile: ../press.icc\n",
                "layouts/x.yaml:3:10: error: [layout-value] '../press.icc' of 'profile' is not understood; write a path in "
                "the workspace, or one that begins with /\n");
    assert_says(f, EXTENDS "colour: cmyk\nprofile: " SCREEN_PROFILE "\n",
                "layouts/x.yaml:3:10: error: [layout-profile] '" SCREEN_PROFILE "' is no profile to print with: it is an "
                "ICC profile of class 'mntr', not of a printer ('prtr'); name the ICC profile of a press with four inks\n");
    assert_says(f, EXTENDS "colour: cmyk\nprofile: layouts/x.yaml\n",
                "layouts/x.yaml:3:10: error: [layout-profile] 'layouts/x.yaml' is no profile to print with: it is no ICC "
                "profile; name the ICC profile of a press with four inks\n");
}

static void settings_agree_with_each_other(void **state)
{
    assert_says(*state, EXTENDS "margins_mm: {inner: 100, outer: 90}\n",
                "layouts/x.yaml:2:21: error: [layout-value] margins and gutter leave a width of 11.0 mm for the "
                "text, less than 50.8 mm; make them smaller or fewer, or the page larger\n");
    assert_says(*state, EXTENDS "columns: 3\n",
                "layouts/x.yaml:2:10: error: [layout-value] the columns leave a width of 49.3 mm for the text, less "
                "than 50.8 mm; make them smaller or fewer, or the page larger\n");
    assert_says(*state, EXTENDS "page: {size: own, width_mm: 200, height_mm: 80}\n",
                "layouts/x.yaml:2:14: error: [layout-value] the margins leave a height of 36.0 mm for the text, less than "
                "50.8 mm; make them smaller or fewer, or the page larger\n");
    assert_says(*state, EXTENDS "page: {size: own, width_mm: 100}\n",
                "layouts/x.yaml:2:14: error: [layout-value] the page's own size is missing; give it width_mm and "
                "height_mm\n");
    assert_says(*state, EXTENDS "page: {size: A4, width_mm: 100}\n",
                "layouts/x.yaml:2:28: error: [layout-value] a length is given for a page of a named size; write "
                "size: own, or leave it out\n");
    assert_says(*state, EXTENDS "grid_pt: 12\n",
                "layouts/x.yaml:2:10: error: [layout-value] the lines of running text are 12 pt apart and touch; make "
                "grid_pt 12.6 or more, or sizes_pt.body smaller\n");
    accept(*state, EXTENDS "grid_pt: 12\nsizes_pt: {body: 8.8}\n");
}

static void unknown_keys_are_named(void **state)
{
    assert_says(*state, EXTENDS "hairlin_pt: 1\n",
                "layouts/x.yaml:2:1: error: [key-unknown] unknown key 'hairlin_pt' in layout; did you mean "
                "'hairline_pt'?\n");
    assert_says(*state, EXTENDS "sizes_pt: {bodi: 9}\n",
                "layouts/x.yaml:2:12: error: [key-unknown] unknown key 'bodi' in sizes_pt; did you mean 'body'?\n");
    assert_says(*state, EXTENDS "sizes_pt: 9\n",
                "layouts/x.yaml:2:11: error: [value-kind] 'sizes_pt' is no map; write {title: ...}\n");
}

/* docs/layouts.md has a row for each: the key, its group before a point, in backquotes. */
static void every_key_is_explained(void **state)
{
    const struct fixture *f = *state;
    size_t count, length;
    const struct style_setting *s = style_settings(&count);
    char *docs = file_content("docs/layouts.md", &length);
    for (size_t i = 0; i < count; i++) {
        const char *row = s[i].group ? arena_printf(f->arena, "| `%s.%s` |", s[i].group, s[i].key)
                                     : arena_printf(f->arena, "| `%s` |", s[i].key);
        if (!strstr(docs, row))
            fail_msg("docs/layouts.md has no row %s", row);
    }
    for (size_t i = 0; i < FIELD_COUNT; i++)
        if (!strstr(docs, arena_printf(f->arena, "`{%s}`", style_field_names[i])))
            fail_msg("docs/layouts.md does not know {%s}", style_field_names[i]);
    free(docs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shipped_layout_is_read),
        cmocka_unit_test(values_become_points_and_numbers),
        cmocka_unit_test(an_extending_layout_gives_what_differs),
        cmocka_unit_test(only_a_layout_with_every_key_is_extended),
        cmocka_unit_test(a_layout_of_its_own_gives_every_key),
        cmocka_unit_test(every_key_refuses_a_wrong_kind),
        cmocka_unit_test(every_number_keeps_its_range),
        cmocka_unit_test(every_choice_names_its_values),
        cmocka_unit_test(every_switch_colour_and_mark_refuses_what_it_is_not),
        cmocka_unit_test(colours_that_are_hard_to_see_are_told),
        cmocka_unit_test(fields_are_known),
        cmocka_unit_test(the_fonts_are_a_file),
        cmocka_unit_test(a_press_has_a_profile),
        cmocka_unit_test(settings_agree_with_each_other),
        cmocka_unit_test(unknown_keys_are_named),
        cmocka_unit_test(every_key_is_explained),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
