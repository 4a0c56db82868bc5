/*
 * The index page and the feed: what they say of fresh, stale and absent reports, that nothing of a text becomes markup,
 * and that both are well-formed XML, which xmllint reads here. MUJAZ_SITE=FOLDER: the sample page is written there too,
 * for make check-site.
 */
#include "publish/site.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/hash.h"
#include "publish/markup.h"
#include "support/program.h"

enum { REPORTS = 20, RUNS = 40, LISTED = 9 };

static const char hostile[] = "<script>alert(\"1\")</script> & 'x' \x01";

/* Twenty reports as a ministry might have them, and what goes wrong with some. */
struct sample {
    struct site site;
    struct site_report reports[REPORTS];
    struct site_packet packets[REPORTS], listed[LISTED];
    struct site_edition editions[4], listed_editions[LISTED];
    char names[REPORTS][16], runs[RUNS][24], files[LISTED][24];
    const char *former[RUNS];
};

static void fill_editions(struct sample *s)
{
    static const char *const files[] = { "iraq-briefing.pdf", "iraq-briefing.en.pdf", "iraq-briefing.ar.pdf",
                                         "iraq-briefing.sequential.pdf" };
    static const char *const pictures[] = { "iraq-briefing.page1.png", "iraq-briefing.en.page1.png",
                                            "iraq-briefing.ar.page1.png", NULL };
    static const size_t pages[] = { 1, 2, 11, 103 };
    static const uint64_t bytes[] = { 480, 208607, 999600, 12345678 };
    for (int i = 0; i < 4; i++)
        s->editions[i] = (struct site_edition){ files[i], (enum site_languages)i, bytes[i], pages[i], pictures[i], 320, 453 };
    for (int i = 0; i < LISTED; i++) {
        snprintf(s->files[i], sizeof s->files[i], "governorate-%d.ar.pdf", i);
        s->listed_editions[i] = (struct site_edition){ s->files[i], SITE_ARABIC, 50000, 1, NULL, 0, 0 };
        s->listed[i] = (struct site_packet){ .title = { "Basra: the night in figures", "البصرة: الليلة بالأرقام" },
                                             .subtitle = { "", "" }, .as_of = "2024-04-03",
                                             .editions = &s->listed_editions[i], .edition_count = 1 };
    }
}

static void fill_titles(struct site_packet *p, int i)
{
    p->title[LANG_EN] = "Iraq: factions, councils, coalition";
    p->title[LANG_AR] = "العراق: الفصائل والمجالس والتحالف";
    p->subtitle[LANG_EN] = "Published accounts, and where they differ";
    p->subtitle[LANG_AR] = "ما تقوله النصوص المنشورة، وأين تختلف";
    if (i == 2) {
        p->title[LANG_EN] = "Quarterly review of attacks on convoys, bases and diplomatic missions in the central and southern "
                            "governorates, with an annex on sources";
        p->title[LANG_AR] = "المراجعة الفصلية للهجمات على القوافل والقواعد والبعثات الدبلوماسية في محافظات الوسط والجنوب، مع "
                            "ملحق عن المصادر";
    } else if (i == 3) {
        p->title[LANG_EN] = p->subtitle[LANG_AR] = hostile;
        p->subtitle[LANG_EN] = "";
    }
}

/* 3: texts like markup; 4: stale; 5: absent; 6: many packets. */
static struct sample *sample_new(void)
{
    struct sample *s = calloc(1, sizeof *s);
    fill_editions(s);
    for (int i = 0; i < REPORTS; i++) {
        snprintf(s->names[i], sizeof s->names[i], "report-%d", i);
        s->reports[i] = (struct site_report){ .name = s->names[i], .made_in = "20240403T230000Z",
                                              .packets = &s->packets[i], .packet_count = 1 };
        s->packets[i] = (struct site_packet){ .as_of = "2024-04-03", .editions = s->editions + (i % 2),
                                              .edition_count = i % 2 ? 2 : 4 };
        fill_titles(&s->packets[i], i);
    }
    s->reports[4].stale = true;
    s->reports[4].made_in = "20240102T230000Z";
    s->reports[5] = (struct site_report){ .name = s->names[5] };
    s->reports[6].packets = s->listed;
    s->reports[6].packet_count = LISTED;
    for (int i = 0; i < RUNS; i++) {
        snprintf(s->runs[i], sizeof s->runs[i], "2024%02d%02dT230000Z", i < 10 ? 2 : 3, i < 10 ? i + 20 : i - 9);
        s->former[i] = s->runs[i];
    }
    s->site = (struct site){ .title = { "Mujaz Briefings", "إحاطات موجز" }, .run = "20240403T230000Z",
                             .former = s->former, .former_count = RUNS, .identity = "here", .reports = s->reports,
                             .report_count = REPORTS };
    return s;
}

/* --- what was written --- */

typedef bool (*write_site)(const struct site *, struct buf *, struct diags *);

static bool front_page(const struct site *site, struct buf *out, struct diags *diags)
{
    return site_page(site, SITE_CURRENT, out, diags);
}

static bool issue_page(const struct site *site, struct buf *out, struct diags *diags)
{
    return site_page(site, SITE_RUN, out, diags);
}

static char *write_text(write_site write, const struct site *site)
{
    struct diags *diags = diags_new();
    struct buf out;
    buf_init(&out);
    assert_true(write(site, &out, diags));
    assert_int_equal(diags_count(diags), 0);
    assert_int_equal(strlen(out.data), out.length);
    diags_drop(diags);
    return out.data;
}

/* The value of an XPath expression, by xmllint, which fails for what is not well-formed; heap. %s in the expression
 * stands for nothing: names are told without their namespaces. */
static char *xpath(const char *text, const char *expression)
{
    char *folder = tree_new(), *file = text_join(folder, "page.xml");
    file_write(file, text, strlen(text));
    struct outcome o =
        program_run((const char *const[]){ "/usr/bin/xmllint", "--nonet", "--xpath", expression, file, NULL }, NULL);
    if (o.code != 0)
        fail_msg("xmllint: %s", o.err);
    char *out = strdup(o.out);
    outcome_drop(&o);
    free(file);
    tree_remove(folder);
    size_t length = strlen(out);
    if (length && out[length - 1] == '\n')
        out[length - 1] = '\0';
    return out;
}

static void assert_xpath(const char *text, const char *expression, const char *expected)
{
    char *value = xpath(text, expression);
    assert_string_equal(value, expected);
    free(value);
}

static void assert_holds(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("'%s' is not in '%s'", part, text);
}

/* --- tests --- */

#define SECTION(lang) "//*[local-name()='section'][@id='" lang "']"
#define ARTICLES "//*[local-name()='article']"

static void every_report_has_an_entry_in_both_languages(void **state)
{
    struct sample *s = *state;
    char *page = write_text(front_page, &s->site);
    assert_xpath(page, "count(" SECTION("en") ARTICLES ")", "20");
    assert_xpath(page, "count(" SECTION("ar") ARTICLES ")", "20");
    assert_xpath(page, "string(" SECTION("ar") "/@dir)", "rtl");
    assert_xpath(page, "string(" SECTION("ar") "/@lang)", "ar");
    assert_xpath(page, "count(//@id) = count(//@id[not(. = preceding::*/@id)])", "true");
    assert_xpath(page, "count(//*[@aria-labelledby][not(@aria-labelledby = //@id)])", "0");
    assert_xpath(page, "count(//*[local-name()='script' or @style or @onclick])", "0");
    free(page);
}

static void a_link_says_title_languages_pages_size_and_date(void **state)
{
    struct sample *s = *state;
    char *page = write_text(front_page, &s->site);
    assert_xpath(page, "normalize-space(" SECTION("en") ARTICLES "[1]//*[local-name()='a'][1])",
                 "Iraq: factions, councils, coalition: English (PDF, 2 pages, 209 kB, 3 April 2024)");
    assert_xpath(page, "normalize-space(" SECTION("ar") ARTICLES "[1]//*[local-name()='a'][1])",
                 "العراق: الفصائل والمجالس والتحالف: العربية (PDF، 11 صفحة، 1.0 ميغابايت، 3 نيسان 2024)");
    assert_xpath(page, "string((" SECTION("ar") "//*[local-name()='a'][@type='application/pdf'])[4]/@hreflang)", "en");
    assert_holds(page, "103 pages, 12.3 MB");
    assert_holds(page, "صفحة واحدة، 1 كيلوبايت");
    assert_holds(page, "صفحتان، 209 كيلوبايت");
    assert_holds(page, "103 صفحات، 12.3 ميغابايت"); /* few: 103 ends in 03 */
    assert_xpath(page, "string((" SECTION("ar") "//*[local-name()='img'])[1]/@alt)",
                 "الصفحة الأولى من «العراق: الفصائل والمجالس والتحالف»، العربية");
    assert_xpath(page, "count(//*[local-name()='img'][not(@alt and @width='160' and @height='227')])", "0");
    free(page);
}

static void stale_and_absent_reports_are_marked(void **state)
{
    struct sample *s = *state;
    char *page = write_text(front_page, &s->site);
    assert_xpath(page, "count(" SECTION("en") ARTICLES "//*[@class='stale'])", "2");
    assert_xpath(page, "string(" SECTION("en") "//*[@id='en-report-4-0']/following-sibling::*[@class='stale'])",
                 "Not updated. This edition was published on 3 January 2024.");
    assert_xpath(page, "string(" SECTION("ar") "//*[@id='ar-report-4-0']/following-sibling::*[@class='stale'])",
                 "غير محدَّثة. نُشرت هذه النسخة في 3 كانون الثاني 2024.");
    assert_xpath(page, "string(" SECTION("en") "//*[@id='en-report-5-0']/following-sibling::*)",
                 "Not available. It could not be made, and there is no earlier edition.");
    assert_xpath(page, "count(" SECTION("en") "//*[@class='lead']/*[@class='stale'])", "2");
    s->reports[4].stale = false;
    s->reports[5] = s->reports[0];
    s->reports[5].name = "another";
    free(page);
    page = write_text(front_page, &s->site);
    assert_xpath(page, "count(//*[@class='stale'])", "0");
    free(page);
}

static void many_packets_are_one_folded_list(void **state)
{
    struct sample *s = *state;
    char *page = write_text(front_page, &s->site);
    assert_xpath(page, "count(" SECTION("ar") "//*[@id='ar-report-6-0']/..//*[local-name()='details']//*[local-name()='a'])",
                 "9");
    assert_xpath(page, "normalize-space((" SECTION("en") "//*[@id='en-report-6-0']/..//*[local-name()='a'])[2])",
                 "Basra: the night in figures: Arabic (governorate-1.ar.pdf, 1 page, 50 kB, 3 April 2024)");
    assert_holds(page, "<summary>9 files</summary>");
    assert_holds(page, "<summary>9 ملفات</summary>");
    free(page);
}

static void texts_are_never_markup(void **state)
{
    struct sample *s = *state;
    s->site.title[LANG_EN] = hostile;
    s->editions[0].file = "javascript:alert(1)\"><b>.pdf";
    s->editions[0].picture = "a b%&\".png";
    for (int i = 0; i < 2; i++) {
        char *text = write_text(i ? site_feed : front_page, &s->site);
        assert_null(strstr(text, "<script"));
        assert_null(strstr(text, "javascript:"));
        assert_holds(text, "javascript%3Aalert%281%29%22%3E%3Cb%3E.pdf");
        assert_xpath(text, i ? "string(//*[local-name()='feed']/*[local-name()='title'])"
                             : "string(//*[local-name()='title'])",
                     i ? "<script>alert(\"1\")</script> & 'x'   — إحاطات موجز"
                       : "<script>alert(\"1\")</script> & 'x'   · إحاطات موجز");
        free(text);
    }
}

static void the_archive_is_by_month_the_newest_first(void **state)
{
    struct sample *s = *state;
    char *page = write_text(front_page, &s->site);
#define ARCHIVE SECTION("en") "//*[local-name()='nav']"
    assert_xpath(page, "count(" ARCHIVE "//*[local-name()='li'])", "40");
    assert_xpath(page, "count(" ARCHIVE "/*[local-name()='details'])", "2");
    assert_xpath(page, "count(" ARCHIVE "/*[local-name()='details'][@open])", "1");
    assert_xpath(page, "string((" ARCHIVE "//*[local-name()='summary'])[1])", "March 2024");
    assert_xpath(page, "string((" ARCHIVE "//*[local-name()='li'])[1])", "31 March 2024");
    assert_xpath(page, "string((" ARCHIVE "//*[local-name()='li']/*)[1]/@href)", "../runs/20240330T230000Z/issue.html");
    free(page);
    snprintf(s->runs[RUNS - 2], sizeof s->runs[0], "20240330T220000Z"); /* two on the last day: 01:00 and 02:00 */
    page = write_text(front_page, &s->site);
    assert_xpath(page, "string((" ARCHIVE "//*[local-name()='li'])[1])", "31 March 2024, 02:00");
    assert_xpath(page, "string((" ARCHIVE "//*[local-name()='li'])[2])", "31 March 2024, 01:00");
    assert_xpath(page, "string((" ARCHIVE "//*[local-name()='li'])[3])", "29 March 2024");
    s->site.former_count = 0;
    free(page);
    page = write_text(front_page, &s->site);
    assert_xpath(page, "count(//*[local-name()='nav']//*[local-name()='details'])", "0");
    assert_holds(page, "No earlier briefings are kept yet.");
    free(page);
}

/* Read in OUT/runs/ID/, where other runs are beside it. */
static void an_issue_leads_to_its_siblings_and_to_the_newest(void **state)
{
    struct sample *s = *state;
    char *page = write_text(issue_page, &s->site);
    assert_xpath(page, "count(//@href[starts-with(., '../2024') and contains(., 'Z/issue.html')])", "80");
    assert_xpath(page, "count(//@href[. = '../../current/index.html'])", "2");
    assert_xpath(page, "count(//@href[starts-with(., '..')])", "82");
    assert_xpath(page, "string(//*[@id='en-briefings'])", "Briefings of 4 April 2024");
    assert_xpath(page, "string(//*[@id='ar-briefings'])", "إحاطات يوم 4 نيسان 2024");
    free(page);
}

/* The clock of this machine's zone: in Baghdad, 23:00 UTC is 2 o'clock of the next day. */
static void moments_are_of_the_zone_here(void **state)
{
    struct sample *s = *state;
    struct moment m;
    char *page = write_text(front_page, &s->site);
    assert_holds(page, "<time datetime=\"2024-04-04T02:00+03:00\">4 April 2024, <span dir=\"ltr\">02:00</span></time> <span "
                       "dir=\"ltr\">(UTC+03:00)</span>, 19 briefings");
    free(page);
    assert_true(moment_of_run("20240403T230000Z-000001", &m));
    assert_string_equal(m.utc, "2024-04-03T23:00:00Z");
    static const char *const wrong[] = { "", "2024", "20241303T230000Z", "20240403T240000Z", "20240403T230000", "2024040-T230000Z" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(moment_of_run(wrong[i], &m));
}

static void only_the_pages_own_style_is_allowed(void **state)
{
    struct sample *s = *state;
    char *page = write_text(front_page, &s->site), *begin = strstr(page, "<style>") + 7, *end = strstr(begin, "</style>");
    uint8_t digest[HASH_BYTES];
    struct buf wanted;
    buf_init(&wanted);
    hash_sha256(begin, (size_t)(end - begin), digest);
    buf_add_string(&wanted, "style-src 'sha256-");
    markup_base64(&wanted, digest, sizeof digest);
    assert_holds(page, wanted.data);
    assert_holds(page, "default-src 'none'");
    assert_null(strstr(begin, "http")); /* nothing leads elsewhere */
    assert_null(strstr(begin, "url("));
    buf_drop(&wanted);
    buf_init(&wanted);
    markup_base64(&wanted, (const uint8_t *)"Man Ma", 5);
    assert_string_equal(wanted.data, "TWFuIE0=");
    buf_drop(&wanted);
    free(page);
}

#define ENTRIES "//*[local-name()='entry']"

static void a_feed_has_what_atom_asks_for(void **state)
{
    struct sample *s = *state;
    char *feed = write_text(site_feed, &s->site);
    assert_xpath(feed, "count(/*[local-name()='feed'][namespace-uri()='http://www.w3.org/2005/Atom'])", "1");
    assert_xpath(feed, "count(/*/*[local-name()='id']) + count(/*/*[local-name()='title']) + count(/*/*[local-name()='updated'])"
                       " + count(/*/*[local-name()='author']/*[local-name()='name']) + count(/*/*[@rel='self'])", "5");
    assert_xpath(feed, "count(" ENTRIES ")", "27"); /* 18 and 9 */
    assert_xpath(feed, "count(" ENTRIES "[count(*[local-name()='id']) = 1 and count(*[local-name()='updated']) = 1"
                       " and count(*[local-name()='title']) = 1 and count(*[@rel='alternate']) = 1])", "27");
    assert_xpath(feed, "count(//*[local-name()='id'][string-length() = 45 and starts-with(., 'urn:uuid:')"
                       " and not(. = preceding::*[local-name()='id'])])", "28");
    assert_xpath(feed, "string((" ENTRIES "/*[local-name()='title'])[1])",
                 "Iraq: factions, councils, coalition — العراق: الفصائل والمجالس والتحالف");
    assert_xpath(feed, "string((" ENTRIES "/*[local-name()='updated'])[5])", "2024-01-02T23:00:00Z");
    assert_xpath(feed, "string(/*/*[local-name()='updated'])", "2024-04-03T23:00:00Z");
    assert_xpath(feed, "string((" ENTRIES "/*[@rel='enclosure'])[2]/@href)", "iraq-briefing.en.pdf");
    assert_xpath(feed, "string((" ENTRIES "/*[@rel='enclosure'])[2]/@length)", "208607");
    assert_non_null(strstr(feed, "where they differ · As of 3 April 2024</p>"));
    free(feed);
    s->site.url = "https://briefings.example/out/";
    feed = write_text(site_feed, &s->site);
    assert_xpath(feed, "string((" ENTRIES "/*[@rel='enclosure'])[2]/@href)",
                 "https://briefings.example/out/runs/20240403T230000Z/iraq-briefing.en.pdf");
    assert_xpath(feed, "string(/*/*[@rel='self']/@href)", "https://briefings.example/out/current/feed.xml");
    assert_xpath(feed, "count(//@href[not(starts-with(., 'https://briefings.example/out/'))])", "0");
    free(feed);
}

static void what_was_not_made_anew_is_the_same_entry(void **state)
{
    struct sample *s = *state;
    static const char first[] = "string((" ENTRIES "/*[local-name()='id'])[1])";
    char *feed = write_text(site_feed, &s->site), *before = xpath(feed, first);
    free(feed);
    s->site.run = "20240404T230000Z";
    feed = write_text(site_feed, &s->site);
    assert_xpath(feed, first, before);
    free(feed);
    s->reports[0].made_in = s->site.run;
    feed = write_text(site_feed, &s->site);
    char *after = xpath(feed, first);
    assert_string_not_equal(after, before);
    free(feed);
    free(before);
    free(after);
}

static void a_run_without_reports_has_a_page(void **state)
{
    struct sample *s = *state;
    s->site.report_count = 0;
    char *page = write_text(front_page, &s->site), *feed = write_text(site_feed, &s->site);
    assert_holds(page, "There are no briefings yet.");
    assert_holds(page, "لا توجد إحاطات بعد.");
    assert_xpath(feed, "count(" ENTRIES ")", "0");
    free(page);
    free(feed);
}

static void the_sample_is_written_where_asked(void **state)
{
    struct sample *s = *state;
    const char *folder = getenv("MUJAZ_SITE");
    if (!folder)
        skip();
    char *page = write_text(front_page, &s->site), *file = text_join(folder, "index.html");
    file_write(file, page, strlen(page));
    free(page);
    free(file);
    page = write_text(site_feed, &s->site);
    file = text_join(folder, "feed.xml");
    file_write(file, page, strlen(page));
    free(page);
    free(file);
}

static int set_up(void **state)
{
    setenv("TZ", "UTC-3", 1); /* POSIX counts westward */
    tzset();
    *state = sample_new();
    return 0;
}

static int tear_down(void **state)
{
    free(*state);
    return 0;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_report_has_an_entry_in_both_languages),
        TEST(a_link_says_title_languages_pages_size_and_date),
        TEST(stale_and_absent_reports_are_marked),
        TEST(many_packets_are_one_folded_list),
        TEST(texts_are_never_markup),
        TEST(the_archive_is_by_month_the_newest_first),
        TEST(an_issue_leads_to_its_siblings_and_to_the_newest),
        TEST(moments_are_of_the_zone_here),
        TEST(only_the_pages_own_style_is_allowed),
        TEST(a_feed_has_what_atom_asks_for),
        TEST(what_was_not_made_anew_is_the_same_entry),
        TEST(a_run_without_reports_has_a_page),
        TEST(the_sample_is_written_where_asked),
    };
    return cmocka_run_group_tests_name("publish site", tests, NULL, NULL);
}
