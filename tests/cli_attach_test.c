/* What lies inside the PDFs beside their pages, read back by poppler, qpdf and mutool. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "support/workspace.h"

/* A report with a chart of each type, with the layouts and fonts that we ship. */
#define YAML "reports/sample/report.yaml"
#define PACKAGE "datasets/facts/datapackage.json"

static int set_up(void **state)
{
    *state = workspace_open("tests/data/report/good");
    return 0;
}

static void build(const struct workspace *w, const char *option, const char *err)
{
    struct outcome o = program_run((const char *const[]){ program_mujaz(), "build", "-C", w->folder, "-o", w->out,
                                                          "--no-cache", "sample", option, NULL }, NULL);
    assert_string_equal(o.err, err);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
}

/* What a program says of a file in `out`. */
static struct outcome ask(const struct workspace *w, const char *program, const char *option, const char *file,
                          const char *more)
{
    char *path = text_join(w->out, file);
    struct outcome o = program_run((const char *const[]){ program, option, path, more, NULL }, NULL);
    if (o.code != 0)
        fail_msg("%s %s: %s", program, option, o.err);
    free(path);
    return o;
}

static void assert_said(const struct workspace *w, const char *program, const char *option, const char *file,
                        const char *want)
{
    struct outcome o = ask(w, program, option, file, NULL);
    assert_string_equal(o.out, want);
    outcome_drop(&o);
}

/* The attached file is, byte for byte, what stands in the workspace. */
static void assert_attached(const struct workspace *w, const char *pdf, const char *name, const char *file)
{
    char *path = text_join(w->folder, file), option[200];
    size_t length;
    char *want = file_content(path, &length);
    snprintf(option, sizeof option, "--show-attachment=%s", name);
    struct outcome o = ask(w, "qpdf", option, pdf, NULL);
    assert_int_equal(o.out_length, length);
    assert_memory_equal(o.out, want, length);
    outcome_drop(&o);
    free(want);
    free(path);
}

static unsigned count_of(const char *text, const char *piece)
{
    unsigned count = 0;
    for (const char *p = text; (p = strstr(p, piece)); p++)
        count++;
    return count;
}

/* The file as qpdf prints it, each object plain; heap. */
static char *readable(const struct workspace *w, const char *file)
{
    char *path = text_join(w->out, file);
    struct outcome o = program_run((const char *const[]){ "qpdf", "--qdf", "--object-streams=disable", path, "-", NULL },
                                   NULL);
    assert_int_equal(o.code, 0);
    free(path);
    char *text = malloc(o.out_length + 1);
    for (size_t i = 0; i < o.out_length; i++) /* streams hold any byte */
        text[i] = o.out[i] ? o.out[i] : ' ';
    text[o.out_length] = '\0';
    outcome_drop(&o);
    return text;
}

/* --- what is attached ------------------------------------------------------------------------------------- */

static void every_file_comes_back_as_it_is(void **state)
{
    struct workspace *w = *state;
    static const char *const pdfs[] = { "sample.pdf", "sample.en.pdf", "sample.ar.pdf" };
    build(w, NULL, "");
    for (size_t i = 0; i < 3; i++) {
        assert_said(w, "pdfdetach", "-list", pdfs[i], "10 embedded files\n"
                                                      "1: ar.md\n"
                                                      "2: chart.attacks.csv\n"
                                                      "3: chart.seats.csv\n"
                                                      "4: chart.timeline.csv\n"
                                                      "5: en.md\n"
                                                      "6: facts.attacks.csv\n"
                                                      "7: facts.datapackage.json\n"
                                                      "8: facts.lists.csv\n"
                                                      "9: ledger.json\n"
                                                      "10: report.yaml\n");
        assert_attached(w, pdfs[i], "report.yaml", "reports/sample/report.yaml");
        assert_attached(w, pdfs[i], "en.md", "reports/sample/en.md");
        assert_attached(w, pdfs[i], "ar.md", "reports/sample/ar.md");
        assert_attached(w, pdfs[i], "facts.datapackage.json", "datasets/facts/datapackage.json");
        assert_attached(w, pdfs[i], "facts.attacks.csv", "datasets/facts/attacks.csv");
        assert_attached(w, pdfs[i], "facts.lists.csv", "datasets/facts/lists.csv");
        struct outcome o = ask(w, "qpdf", "--check", pdfs[i], NULL);
        outcome_drop(&o);
        o = ask(w, "mutool", "show", pdfs[i], "trailer/Root/AF");
        assert_int_equal(count_of(o.out, " 0 R"), 10);
        outcome_drop(&o);
    }
}

static void poppler_saves_the_same_bytes(void **state)
{
    struct workspace *w = *state;
    build(w, "--edition=ar", "");
    char *pdf = text_join(w->out, "sample.ar.pdf"), *saved = text_join(w->folder, "saved");
    struct outcome o = program_run((const char *const[]){ "pdfdetach", "-savefile", "facts.lists.csv", "-o", saved, pdf,
                                                          NULL }, NULL);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    assert_attached(w, "sample.ar.pdf", "facts.lists.csv", "saved");
    assert_attached(w, "sample.ar.pdf", "facts.lists.csv", "datasets/facts/lists.csv");
    free(pdf);
    free(saved);
}

/* It cannot name the file that it is in, nor that one's digest. */
static void the_ledger_is_that_of_no_pdf(void **state)
{
    struct workspace *w = *state;
    build(w, "--edition=en", "");
    struct outcome all = program_run((const char *const[]){ program_mujaz(), "explain", "-C", w->folder, "--no-cache",
                                                            "--all", "--format=json", "sample", NULL }, NULL);
    struct outcome attached = ask(w, "qpdf", "--show-attachment=ledger.json", "sample.en.pdf", NULL);
    assert_int_equal(all.code, 0);
    assert_string_equal(attached.out, all.out);
    assert_null(strstr(attached.out, "\"pdf\""));
    outcome_drop(&attached);
    outcome_drop(&all);
}

static void charts_have_their_data(void **state)
{
    struct workspace *w = *state;
    build(w, "--edition=parallel", "");
    struct outcome o = ask(w, "qpdf", "--show-attachment=chart.seats.csv", "sample.pdf", NULL);
    struct outcome rows = program_run((const char *const[]){ program_mujaz(), "query", "--no-cache", "-C", w->folder,
                                                             "dataset:facts", "SELECT count(*) AS n FROM lists",
                                                             "--format=csv", NULL }, NULL);
    char want[40];
    snprintf(want, sizeof want, "n\n%u\n", count_of(o.out, "\n") - 1);
    assert_string_equal(rows.out, want);
    assert_memory_equal(o.out, "label_en,label_ar,value", 23);
    outcome_drop(&rows);
    outcome_drop(&o);
}

/* --- what is said of it ----------------------------------------------------------------------------------- */

static void descriptions_are_in_the_editions_languages(void **state)
{
    struct workspace *w = *state;
    static const char english[] = "description: English text of the report", arabic[] = "النص الإنكليزي للتقرير\n";
    build(w, NULL, "");
    struct outcome en = ask(w, "qpdf", "--list-attachments", "sample.en.pdf", "--verbose");
    struct outcome ar = ask(w, "qpdf", "--list-attachments", "sample.ar.pdf", "--verbose");
    struct outcome both = ask(w, "qpdf", "--list-attachments", "sample.pdf", "--verbose");
    assert_non_null(strstr(en.out, english));
    assert_null(strstr(en.out, arabic));
    assert_non_null(strstr(ar.out, arabic));
    assert_null(strstr(ar.out, english));
    assert_non_null(strstr(both.out, "description: English text of the report / النص الإنكليزي للتقرير\n"));
    assert_non_null(strstr(ar.out, "description: بيانات الرسم البياني «"));
    assert_int_equal(count_of(ar.out, "modification date: D:20240403000000Z"), 20); /* F and UF of each */
    assert_int_equal(count_of(ar.out, "mime type: text/csv"), 10);
    assert_int_equal(count_of(ar.out, "mime type: application/json"), 4);
    outcome_drop(&en);
    outcome_drop(&ar);
    outcome_drop(&both);
}

static void each_says_how_it_is_related(void **state)
{
    struct workspace *w = *state;
    build(w, "--edition=en", "");
    char *text = readable(w, "sample.en.pdf");
    assert_int_equal(count_of(text, "/AFRelationship /Source"), 4);
    assert_int_equal(count_of(text, "/AFRelationship /Data"), 4);
    assert_int_equal(count_of(text, "/AFRelationship /Supplement"), 2);
    assert_int_equal(count_of(text, "/Type /EmbeddedFile"), 10);
    free(text);
}

enum { OBJECT_MOST = 4096 };

/* The first object that begins behind `from` and holds `piece`: its text, as long as it is, in `object`. */
static const char *find_object(const char *from, const char *piece, char object[OBJECT_MOST])
{
    const char *hit = strstr(from, piece);
    if (!hit)
        return NULL;
    const char *begin = hit, *end = strstr(hit, "endobj");
    while (strncmp(begin, " 0 obj\n", 7) != 0)
        begin--;
    assert_true(end && end - begin < OBJECT_MOST - 1);
    memcpy(object, begin, (size_t)(end - begin));
    object[end - begin] = '\0';
    return end;
}

/* The figure's structure element leads to the data of that very chart. */
static void figures_lead_to_their_data(void **state)
{
    struct workspace *w = *state;
    static const char *const names[] = { "/F (chart.seats.csv)", "/F (chart.attacks.csv)", "/F (chart.timeline.csv)" };
    char figure[OBJECT_MOST], spec[OBJECT_MOST], head[40];
    build(w, "--edition=en", "");
    char *text = readable(w, "sample.en.pdf");
    const char *p = text;
    for (int i = 0; i < 3; i++) {
        unsigned number;
        p = find_object(p, "/S /Figure", figure);
        assert_non_null(p);
        const char *data = strstr(figure, "/AF [");
        assert_non_null(data);
        assert_int_equal(sscanf(data, "/AF [ %u 0 R ]", &number), 1);
        snprintf(head, sizeof head, "\n%u 0 obj\n", number);
        assert_non_null(find_object(strstr(text, head), "/Type /Filespec", spec));
        assert_non_null(strstr(spec, names[i]));
    }
    assert_null(strstr(p, "/S /Figure"));
    free(text);
}

/* --- what is left out ------------------------------------------------------------------------------------- */

static void an_option_leaves_all_out(void **state)
{
    struct workspace *w = *state;
    build(w, "--no-attachments", "");
    assert_said(w, "pdfdetach", "-list", "sample.pdf", "0 embedded files\n");
    char *text = readable(w, "sample.pdf");
    assert_null(strstr(text, "/AF "));
    assert_null(strstr(text, "/EmbeddedFiles"));
    free(text);
}

static void the_report_says_what_is_attached(void **state)
{
    struct workspace *w = *state;
    file_replace(workspace_path(w, YAML), "digits: {ar: latn}", "attachments: data");
    build(w, NULL, "");
    assert_said(w, "pdfdetach", "-list", "sample.ar.pdf", "4 embedded files\n"
                                                          "1: chart.attacks.csv\n"
                                                          "2: chart.seats.csv\n"
                                                          "3: chart.timeline.csv\n"
                                                          "4: ledger.json\n");
    file_replace(workspace_path(w, YAML), "attachments: data", "attachments: none");
    build(w, NULL, "");
    assert_said(w, "pdfdetach", "-list", "sample.ar.pdf", "0 embedded files\n");
    file_replace(workspace_path(w, YAML), "attachments: none", "attachments: some");
    char want[600];
    unsigned line, col;
    file_find(workspace_path(w, YAML), "some", &line, &col);
    snprintf(want, sizeof want,
             "%s:%u:%u: error: [definition-value] 'some' is no value of 'attachments'; write all, data or none\n"
             "mujaz: 1 error\n", workspace_path(w, YAML), line, col);
    struct outcome o = program_run((const char *const[]){ program_mujaz(), "check", "-C", w->folder, "sample", NULL },
                                   NULL);
    assert_string_equal(o.err, want);
    assert_int_equal(o.code, 1);
    outcome_drop(&o);
}

/* One more resource of the dataset: NAME with a column of texts. */
static void add_resource(const struct workspace *w, const char *name, const char *file, const char *schema)
{
    char resource[600];
    snprintf(resource, sizeof resource, "\"resources\": [{\"name\": \"%s\", \"path\": \"%s\", \"schema\": %s}, ", name, file,
             schema);
    file_replace(workspace_path(w, PACKAGE), "\"resources\": [", resource);
}

static const char one_text[] = "{\"fields\": [{\"name\": \"words\", \"type\": \"string\"}]}";

static void large_datasets_are_attached_on_demand_only(void **state)
{
    struct workspace *w = *state;
    enum { ROWS = 200, LETTERS = 60000 };
    char *path = text_join(w->folder, "datasets/facts/large.csv"), want[1000];
    struct buf csv;
    buf_init(&csv);
    buf_add_string(&csv, "words\n");
    for (int i = 0; i < ROWS; i++) {
        for (int k = 0; k < LETTERS; k++)
            buf_add_char(&csv, (char)('a' + (i + k) % 26));
        buf_add_char(&csv, '\n');
    }
    file_write(path, csv.data, csv.length);
    add_resource(w, "large", "large.csv", one_text);
    size_t bytes = csv.length, length;
    static const char *const others[] = { "datapackage.json", "attacks.csv", "lists.csv" };
    for (size_t i = 0; i < 3; i++) {
        char *folder = text_join(w->folder, "datasets/facts"), *other = text_join(folder, others[i]);
        free(file_content(other, &length));
        bytes += length;
        free(other);
        free(folder);
    }
    snprintf(want, sizeof want,
             "%s: warning: [attachment-size] the files of the datasets have %zu bytes together and are not attached to "
             "the PDFs; write 'attachments: all' to attach them, 'attachments: data' to leave them out\n"
             "mujaz: 1 warning\n", workspace_path(w, YAML), bytes);
    build(w, "--edition=en", want);
    assert_said(w, "pdfdetach", "-list", "sample.en.pdf", "7 embedded files\n"
                                                          "1: ar.md\n"
                                                          "2: chart.attacks.csv\n"
                                                          "3: chart.seats.csv\n"
                                                          "4: chart.timeline.csv\n"
                                                          "5: en.md\n"
                                                          "6: ledger.json\n"
                                                          "7: report.yaml\n");
    file_replace(workspace_path(w, YAML), "digits: {ar: latn}", "attachments: all");
    build(w, "--edition=en", "");
    assert_attached(w, "sample.en.pdf", "facts.large.csv", "datasets/facts/large.csv");
    buf_drop(&csv);
    free(path);
}

/* --- names and bytes -------------------------------------------------------------------------------------- */

/* Of files in folders, with letters that are no part of a safe name; and the JSON file that describes one of them. */
static void names_are_safe_and_unique(void **state)
{
    struct workspace *w = *state;
    static const char words[] = "words\nyes\n";
    static const char *const files[] = { "a b.csv", "a_b.csv", "عربي.csv" };
    for (size_t i = 0; i < 3; i++) {
        char *folder = text_join(w->folder, "datasets/facts"), *path = text_join(folder, files[i]), name[20];
        file_write(path, words, strlen(words));
        snprintf(name, sizeof name, "more-%zu", i);
        add_resource(w, name, files[i], i == 1 ? "\"one.json\"" : one_text);
        free(path);
        free(folder);
    }
    char *schema = text_join(w->folder, "datasets/facts/one.json");
    file_write(schema, one_text, strlen(one_text));
    build(w, "--edition=en", "");
    assert_said(w, "pdfdetach", "-list", "sample.en.pdf", "14 embedded files\n"
                                                          "1: 2.facts.a_b.csv\n"
                                                          "2: ar.md\n"
                                                          "3: chart.attacks.csv\n"
                                                          "4: chart.seats.csv\n"
                                                          "5: chart.timeline.csv\n"
                                                          "6: en.md\n"
                                                          "7: facts.________.csv\n"
                                                          "8: facts.a_b.csv\n"
                                                          "9: facts.attacks.csv\n"
                                                          "10: facts.datapackage.json\n"
                                                          "11: facts.lists.csv\n"
                                                          "12: facts.one.json\n"
                                                          "13: ledger.json\n"
                                                          "14: report.yaml\n");
    assert_attached(w, "sample.en.pdf", "facts.one.json", "datasets/facts/one.json");
    free(schema);
}

static void the_same_report_has_the_same_bytes(void **state)
{
    struct workspace *w = *state;
    size_t first_length, second_length;
    build(w, "--edition=parallel", "");
    char *pdf = text_join(w->out, "sample.pdf"), *first = file_content(pdf, &first_length);
    build(w, "--edition=parallel", "");
    char *second = file_content(pdf, &second_length);
    assert_int_equal(first_length, second_length);
    assert_memory_equal(first, second, first_length);
    free(pdf);
    free(first);
    free(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_file_comes_back_as_it_is, set_up, workspace_close),
        cmocka_unit_test_setup_teardown(poppler_saves_the_same_bytes, set_up, workspace_close),
        cmocka_unit_test_setup_teardown(the_ledger_is_that_of_no_pdf, set_up, workspace_close),
        cmocka_unit_test_setup_teardown(charts_have_their_data, set_up, workspace_close),
        cmocka_unit_test_setup_teardown(descriptions_are_in_the_editions_languages, set_up, workspace_close),
        cmocka_unit_test_setup_teardown(each_says_how_it_is_related, set_up, workspace_close),
        cmocka_unit_test_setup_teardown(figures_lead_to_their_data, set_up, workspace_close),
        cmocka_unit_test_setup_teardown(an_option_leaves_all_out, set_up, workspace_close),
        cmocka_unit_test_setup_teardown(the_report_says_what_is_attached, set_up, workspace_close),
        cmocka_unit_test_setup_teardown(large_datasets_are_attached_on_demand_only, set_up, workspace_close),
        cmocka_unit_test_setup_teardown(names_are_safe_and_unique, set_up, workspace_close),
        cmocka_unit_test_setup_teardown(the_same_report_has_the_same_bytes, set_up, workspace_close),
    };
    return cmocka_run_group_tests_name("attachments", tests, NULL, NULL);
}
