/*
 * The hard cases of two scripts, from report.yaml to the lines of the finished PDF: plurals, percentages, ranges,
 * dates, names and lists, in both kinds of digits and all names of months. And the order of what is drawn, by ICU,
 * in every line of these reports.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "pipeline/pipeline.h"
#include "support/lines.h"
#include "support/program.h"

/* tests/data/report/hard, with the layout changed; its text as pdftotext gives it. */
struct report {
    char *folder;
    struct pipeline pipeline;
    struct diags *diags;
};

static struct report open_report(const char *digits, const char *months)
{
    struct report r = { tree_new(), { 0 }, diags_new() };
    static const char *const parts[] = { "tests/data/report/hard/datasets", "tests/data/report/hard/reports",
                                         "tests/data/report/hard/layouts", "fonts" };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        tree_copy(parts[i], r.folder);
    char *base = text_join(r.folder, "layouts/briefing-a4.yaml"), *own = text_join(r.folder, "layouts/hard.yaml");
    size_t length;
    char *layout = file_content("layouts/briefing-a4.yaml", &length);
    file_write(base, layout, length);
    file_replace(own, "latn", digits);
    file_replace(own, "iraqi", months);
    assert_true(pipeline_open(&r.pipeline, r.folder, "hard", NULL, NULL, r.diags));
    free(layout);
    free(base);
    free(own);
    return r;
}

static void close_report(struct report *r)
{
    assert_int_equal(diags_count(r->diags), 0);
    pipeline_close(&r->pipeline);
    diags_drop(r->diags);
    tree_remove(r->folder);
}

static char *text_of(struct report *r, enum edition edition)
{
    struct artifact pdf;
    assert_true(pipeline_artifact(&r->pipeline, edition, &pdf, NULL, r->diags));
    char *path = text_join(r->folder, "hard.pdf");
    file_write(path, pdf.bytes.data, pdf.bytes.length);
    buf_drop(&pdf.bytes);
    struct outcome o = program_run((const char *const[]){ "pdftotext", "-enc", "UTF-8", path, "-", NULL }, NULL);
    assert_int_equal(o.code, 0);
    char *text = lines_normalise(o.out);
    outcome_drop(&o);
    free(path);
    return text;
}

static int count_wrong(const char *text, const char *const lines[])
{
    int wrong = 0;
    for (; *lines; lines++) {
        if (lines_hold(text, *lines))
            continue;
        print_error("not there: %s\n", *lines);
        wrong++;
    }
    return wrong;
}

static const char *const english[] = {
    "Issue 1 · As of 28 January 2024",
    "The lists won 101 of 285 seats (35.4%).",
    "The text of Rand Corp. says 12-15 dead, on 28 January 2024 and in December 2023.",
    "1,234,567.5 dinars, a change of −4.1; call +964 770 123 4567, or ask at Tower 22.",
    "From 3–10 to 11, 99 and 100.",
    "Seats: 0 seats; 1 seat; 2 seats.",
    "3 seats; 10 seats; 11 seats.",
    "99 seats; 100 seats; 101 seats.",
    "103 seats; 285 seats.",
    "Basra, Diyala and Tower 22: 1, 2 and 3.",
    NULL,
};

/* Zero 0, one 1, two 2, few 3 to 10 and 103, many 11 to 99 and 285, other 100 and 101. */
static const char *const european[] = {
    "العدد 1، حتى 28 كانون الثاني 2024",
    "فازت القوائم بـ101 من أصل 285 (35.4%).",
    "يقول نص Rand Corp. إن القتلى 12-15، في 28 كانون الثاني 2024 وفي كانون الأول 2023.",
    "1,234,567.5 دينار، بتغيّر −4.1؛ الهاتف +964 770 123 4567، أو اسأل في البرج 22.",
    "من 3–10 إلى 11 و99 و100.",
    "المقاعد: 0 مقعد؛ مقعد واحد؛ مقعدان.",
    "3 مقاعد؛ 10 مقاعد؛ 11 مقعدًا.",
    "99 مقعدًا؛ 100 مقعد؛ 101 مقعد.",
    "103 مقاعد؛ 285 مقعدًا.",
    "البصرة وديالى والبرج 22: 1 و2 و3.",
    NULL,
};

/* The separators are U+066B and U+066C, the percent sign U+066A. */
static const char *const arabic[] = {
    "العدد ١، حتى ٢٨ يناير ٢٠٢٤",
    "فازت القوائم بـ١٠١ من أصل ٢٨٥ (٣٥٫٤٪).",
    "يقول نص Rand Corp. إن القتلى 12-15، في ٢٨ يناير ٢٠٢٤ وفي ديسمبر ٢٠٢٣.",
    "١٬٢٣٤٬٥٦٧٫٥ دينار، بتغيّر −٤٫١؛ الهاتف +964 770 123 4567، أو اسأل في البرج 22.",
    "من ٣–١٠ إلى ١١ و٩٩ و١٠٠.",
    "المقاعد: ٠ مقعد؛ مقعد واحد؛ مقعدان.",
    "٣ مقاعد؛ ١٠ مقاعد؛ ١١ مقعدًا.",
    "٩٩ مقعدًا؛ ١٠٠ مقعد؛ ١٠١ مقعد.",
    "١٠٣ مقاعد؛ ٢٨٥ مقعدًا.",
    "البصرة وديالى والبرج 22: ١ و٢ و٣.",
    NULL,
};

static void lines_of_the_pdf_are_right(void **state)
{
    static const struct {
        const char *digits, *months;
        const char *const *lines;
    } cases[] = { { "latn", "iraqi", european }, { "arab", "egyptian", arabic } };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct report r = open_report(cases[i].digits, cases[i].months);
        char *en = text_of(&r, EDITION_EN), *ar = text_of(&r, EDITION_AR);
        assert_int_equal(count_wrong(en, english) + count_wrong(ar, cases[i].lines), 0);
        free(en);
        free(ar);
        close_report(&r);
    }
}

static void both_names_of_a_month_are_printed(void **state)
{
    (void)state;
    struct report r = open_report("latn", "both");
    char *ar = text_of(&r, EDITION_AR), *en = text_of(&r, EDITION_EN);
    static const char *const lines[] = { "العدد 1، حتى 28 كانون الثاني/يناير 2024", NULL };
    assert_int_equal(count_wrong(ar, lines) + count_wrong(en, english), 0);
    assert_non_null(strstr(ar, "الأول/ديسمبر"));
    free(ar);
    free(en);
    close_report(&r);
}

/* --- the order on the page --- */

/* Each line as ICU orders it; `wanted`, pieces that must be drawn so, left to right, are marked where they are. */
static size_t check_order(const struct scene *scene, const char *const wanted[], bool found[])
{
    size_t checked = 0;
    for (size_t p = 0; p < scene_pages(scene); p++) {
        const struct scene_page *page = scene_page_at(scene, p);
        for (size_t c = 0; c < page->command_count; c++) {
            if (page->commands[c].kind != SCENE_TEXT)
                continue;
            const struct text_line *line = page->commands[c].text.line;
            char *drawn = lines_drawn(line), *ordered = lines_ordered(line);
            assert_string_equal(drawn, ordered);
            for (size_t i = 0; wanted && wanted[i]; i++)
                found[i] |= strstr(drawn, wanted[i]) != NULL;
            free(drawn);
            free(ordered);
            checked++;
        }
    }
    return checked;
}

static void check_report(const char *digits, const char *const wanted[])
{
    struct report r = open_report(digits, "iraqi");
    for (int e = EDITION_PARALLEL; e <= EDITION_AR; e++) {
        struct scene *scene = pipeline_scene(&r.pipeline, (enum edition)e, NULL, r.diags);
        bool found[8] = { false };
        assert_non_null(scene);
        assert_true(check_order(scene, wanted, found) > 10);
        for (size_t i = 0; e == EDITION_AR && wanted[i]; i++)
            if (!found[i])
                fail_msg("%s digits, %s: not drawn: %s", digits, edition_name((enum edition)e), wanted[i]);
        scene_drop(scene);
    }
    close_report(&r);
}

/* A bracket is drawn as its mirror image where the line runs from right to left. */
static void hard_cases_are_drawn_in_order(void **state)
{
    static const char *const european_order[] = { ".)35.4%( 285", "12-15 ىلتقلا", "3–10 نم", "−4.1 ريغتب",
                                                  NULL };
    static const char *const arabic_order[] = { ".)٪٣٥٫٤( ٢٨٥", "+964 770 123 4567 فتاهلا", "١٠–٣ نم", NULL };
    (void)state;
    check_report("latn", european_order);
    check_report("arab", arabic_order);
}

static void every_line_of_the_briefing_is_drawn_in_order(void **state)
{
    (void)state;
    struct pipeline pipeline;
    struct diags *diags = diags_new();
    assert_true(pipeline_open(&pipeline, ".", "iraq-briefing", NULL, NULL, diags));
    for (int e = 0; e < EDITION_COUNT; e++) {
        struct scene *scene = pipeline_scene(&pipeline, (enum edition)e, NULL, diags);
        assert_non_null(scene);
        assert_true(check_order(scene, NULL, NULL) > 500);
        scene_drop(scene);
    }
    pipeline_close(&pipeline);
    diags_drop(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_the_pdf_are_right),
        cmocka_unit_test(both_names_of_a_month_are_printed),
        cmocka_unit_test(hard_cases_are_drawn_in_order),
        cmocka_unit_test(every_line_of_the_briefing_is_drawn_in_order),
    };
    return cmocka_run_group_tests_name("hard cases", tests, NULL, NULL);
}
