/* Markdown: what blocks and inlines come out, the exact place of each, and what is refused. */
#include "report/markdown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct arena *arena;
    struct diags *diags;
    struct buf out;
};

static int setup(void **state)
{
    struct fixture *f = xcalloc(1, sizeof *f);

    f->arena = arena_new();
    f->diags = diags_new();
    buf_init(&f->out);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    buf_drop(&f->out);
    diags_drop(f->diags);
    arena_drop(f->arena);
    free(f);
    return 0;
}

/* "text|B2-5|L7-9=url": the text and its stretches by bytes. */
static void print_text(struct fixture *f, const struct rich_text *text)
{
    buf_add_string(&f->out, text->utf8);
    for (size_t i = 0; i < text->span_count; i++) {
        const struct inline_span *span = &text->spans[i];

        buf_printf(&f->out, "|%c%u-%u", "SECLNV"[span->kind], span -> start, span -> end);
        if (span->url)
            buf_printf(&f->out, "=%s", span->url);
        if (span->kind == INLINE_NOTE_REF)
            buf_printf(&f->out, "=%u", span->note);
    }
}

static void print_table(struct fixture *f, const struct md_table *table)
{
    for (size_t i = 0; i < table->columns; i++) {
        buf_add_string(&f->out, i ? " / " : " ");
        buf_printf(&f->out, "%c:", "sce"[table->align[i]]);
        print_text(f, &table->titles[i].text);
    }
    for (size_t i = 0; i < table->rows * table->columns; i++) {
        buf_add_string(&f->out, i % table->columns ? " / " : " // ");
        print_text(f, &table->cells[i].text);
    }
}

static void print_blocks(struct fixture *f, const struct md_block *block, int depth)
{
    static const char *const kinds[] = { "heading", "paragraph", "list",  "item",    "quote",
                                         "rule",    "table",     "chart", "figures", "contents", "attribution",
                                         "callout", "image",     "break", "sources" };

    for (; block; block = block->next) {
        for (int i = 0; i < depth; i++)
            buf_add_string(&f->out, "  ");
        buf_printf(&f->out, "%u:%u %s", block->at.line, block->at.col, kinds[block->kind]);
        if (block->level)
            buf_printf(&f->out, " %d #%s", block->level, block->id ? block->id : "");
        if (block->ordered)
            buf_printf(&f->out, " from %d", block->start);
        if (block->object)
            buf_printf(&f->out, " <%s>", block->object);
        if (block->text.text.utf8 && block->text.text.length > 0) {
            buf_add_char(&f->out, ' ');
            print_text(f, &block->text.text);
        }
        if (block->table)
            print_table(f, block->table);
        buf_add_char(&f->out, '\n');
        print_blocks(f, block->first_child, depth + 1);
    }
}

static struct markdown *parse(struct fixture *f, const char *text)
{
    return markdown_parse("t.md", text, strlen(text), f->arena, f->diags);
}

static const char *tree(struct fixture *f, const char *text)
{
    struct markdown *parsed = parse(f, text);

    buf_clear(&f->out);
    print_blocks(f, parsed->blocks, 0);
    for (size_t i = 0; i < parsed->note_count; i++) {
        buf_printf(&f->out, "note %s %u:%u ", parsed->notes[i].id, parsed->notes[i].at.line,
                   parsed->notes[i].at.col);
        print_text(f, &parsed->notes[i].text.text);
        buf_add_char(&f->out, '\n');
    }
    return f->out.data;
}

static const char *errors(struct fixture *f, const char *text)
{
    size_t before = diags_count(f->diags);

    parse(f, text);
    buf_clear(&f->out);
    for (size_t i = before; i < diags_count(f->diags); i++)
        diag_format(diags_get(f->diags, i), &f->out);
    return f->out.data;
}

/* The places of words in the first block's text, or in its n-th sibling's. */
static void assert_place(struct fixture *f, const struct rich_text *text, const char *word, uint32_t line,
                         uint32_t col)
{
    const char *found = strstr(text->utf8, word);
    struct place at;

    (void)f;
    assert_non_null(found);
    at = rich_place(text, (uint32_t)(found - text->utf8));
    assert_int_equal(at.line, line);
    assert_int_equal(at.col, col);
}

static void test_blocks(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(tree(f, "## Bottom line {#bluf}\n"
                                "\n"
                                "One\n"
                                "two\n"
                                "\n"
                                "- a\n"
                                "- b\n"
                                "\n"
                                "3. c\n"
                                "\n"
                                "   d\n"
                                "\n"
                                "> q\n"
                                "\n"
                                "---\n"
                                "\n"
                                "### الخلاصة {#sub-2}\n"),
                        "1:1 heading 2 #bluf Bottom line\n"
                        "3:1 paragraph One two\n"
                        "6:1 list\n"
                        "  6:1 item\n"
                        "    6:3 paragraph a\n"
                        "  7:1 item\n"
                        "    7:3 paragraph b\n"
                        "9:1 list from 3\n"
                        "  9:1 item\n"
                        "    9:4 paragraph c\n"
                        "    11:4 paragraph d\n"
                        "13:1 quote\n"
                        "  13:3 paragraph q\n"
                        "15:1 rule\n"
                        "17:1 heading 3 #sub-2 الخلاصة\n");
    assert_int_equal(diags_count(f->diags), 0);
}

static void test_objects(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(tree(f, "![Seats, {x} of *them*](chart:seats)\n\n![](figures:head)\n\n![T](table:t)\n\n"
                                "![Contents](contents:)\n"),
                        "1:1 chart <seats> Seats, {x} of them|E14-18\n"
                        "3:1 figures <head>\n"
                        "5:1 table <t> T\n"
                        "7:1 contents <> Contents\n");
    assert_int_equal(diags_count(f->diags), 0);
}

static void test_inlines(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(tree(f, "a **b *c* d** `e` [f](https://x.org) [g](#h)  \ni\n"),
                        "1:1 paragraph a b c d e f g\u2028i|S2-7|E4-5|C8-9|L10-11=https://x.org|L12-13=#h\n");
    assert_int_equal(diags_count(f->diags), 0);
}

/* They are links, without the punctuation behind them, that of Arabic too. */
static void test_bare_addresses(void **state)
{
    struct fixture *f = *state;
    struct markdown *parsed;

    assert_string_equal(tree(f, "a https://x.org/2024_a_b. (www.y.org) b@z.org, c\n\nانظر https://x.org/b، وwww.y.org "
                                "«https://x.org»؛ https://x.org/كلمة\n"),
                        "1:1 paragraph a https://x.org/2024_a_b. (www.y.org) b@z.org, c|L2-24=https://x.org/2024_a_b|"
                        "L27-36=http://www.y.org|L38-45=mailto:b@z.org\n"
                        "3:1 paragraph انظر https://x.org/b، وwww.y.org «https://x.org»؛ https://x.org/كلمة|"
                        "L9-24=https://x.org/b|L41-54=https://x.org|L59-81=https://x.org/كلمة\n");
    assert_string_equal(tree(f, "(https://x.org/a)، «https://y.org.» https://x.org/b_(c)؛ <https://x.org/a–b> www.z.org؟\n"),
                        "1:1 paragraph (https://x.org/a)، «https://y.org.» https://x.org/b_(c)؛ https://x.org/a–b www.z.org؟|"
                        "L1-16=https://x.org/a|L22-35=https://y.org|L39-58=https://x.org/b_(c)|L61-80=https://x.org/a–b|"
                        "L81-90=http://www.z.org\n");
    assert_string_equal(errors(f, "https://x.org/a_b_ <https://x.org/~~a==b==^c^> https://x.org/~~d\n"), "");
    assert_int_equal(diags_count(f->diags), 0);
    parsed = parse(f, "x https://x.org/b، y\n");
    assert_place(f, &parsed->blocks->text.text, "https", 1, 3);
    assert_place(f, &parsed->blocks->text.text, "،", 1, 18);
    assert_place(f, &parsed->blocks->text.text, "y", 1, 20);
}

static void test_notes(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(tree(f, "a[^x] b[^y][^x]\n\n[^y]: why\n[^x]: ex\n"),
                        "1:1 paragraph a\uFFFC b\uFFFC\uFFFC|N1-4=0|N6-9=1|N9-12=0\n"
                        "note x 4:1 ex\n"
                        "note y 3:1 why\n");
    assert_int_equal(diags_count(f->diags), 0);
}

static void test_tables(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(tree(f, "| a | b | c |\n|---|--:|:-:|\n| 1 | *2* | x\\|y |\n| 3 | | |\n"),
                        "1:1 table s:a / e:b / c:c // 1 / 2|E0-1 / x|y // 3 /  / \n");
    assert_int_equal(diags_count(f->diags), 0);
}

static void test_places(void **state)
{
    struct fixture *f = *state;
    struct markdown *parsed = parse(f, "Début *oui* \\*star &amp; amp end\n"
                                       "   next **bold\n"
                                       "line** [link](https://a.b/c) tail\n"
                                       "\n"
                                       "- item `code` word\n"
                                       "  > عربي *نص* كلمة\n");
    const struct rich_text *text = &parsed->blocks->text.text;
    const struct md_block *item = parsed->blocks->next->first_child;

    assert_place(f, text, "but", 1, 3);
    assert_place(f, text, "oui", 1, 8);
    assert_place(f, text, "*star", 1, 13);
    assert_place(f, text, "star", 1, 15);
    assert_place(f, text, "& amp", 1, 20);
    assert_place(f, text, "amp end", 1, 26);
    assert_place(f, text, "end", 1, 30);
    assert_place(f, text, "next", 2, 4);
    assert_place(f, text, "bold", 2, 11);
    assert_place(f, text, "line", 3, 1);
    assert_place(f, text, "link", 3, 9);
    assert_place(f, text, "tail", 3, 30);
    assert_place(f, &item->first_child->text.text, "code", 5, 9);
    assert_place(f, &item->first_child->text.text, "word", 5, 15);
    text = &item->first_child->next->first_child->text.text;
    assert_place(f, text, "عربي", 6, 5);
    assert_place(f, text, "نص", 6, 11);
    assert_place(f, text, "كلمة", 6, 15);
}

static void test_places_in_tables_and_notes(void **state)
{
    struct fixture *f = *state;
    struct markdown *parsed = parse(f, "| اسم | {x} |\n"
                                       "|---|---|\n"
                                       "| عدد \\| {y} | a *b* c |\n"
                                       "\n"
                                       "w[^n]\n"
                                       "\n"
                                       "[^n]: المصدر *كتاب* ثم\n");
    const struct md_table *table = parsed->blocks->table;

    assert_place(f, &table->titles[1].text, "{x}", 1, 9);
    assert_place(f, &table->cells[0].text, "{y}", 3, 10);
    assert_place(f, &table->cells[1].text, "b", 3, 19);
    assert_place(f, &table->cells[1].text, "c", 3, 22);
    assert_place(f, &parsed->notes[0].text.text, "كتاب", 7, 15);
    assert_place(f, &parsed->notes[0].text.text, "ثم", 7, 21);
}

static void test_long_text_keeps_columns(void **state)
{
    struct fixture *f = *state;
    struct markdown *parsed;
    struct buf text;

    buf_init(&text);
    for (int i = 0; i < 400; i++)
        buf_add_string(&text, "كلمة ");
    buf_add_string(&text, "{x}\n");
    parsed = parse(f, text.data);
    assert_place(f, &parsed->blocks->text.text, "{x}", 1, 2001);
    buf_drop(&text);
}

#define STRONG                                                                                                    \
    "it has no partner, or a space inside, or a sign inside and a letter outside; write **words**, or \\*\\* for "  \
    "asterisks\n"
#define STRESS                                                                                                    \
    "it has no partner, or a space inside, or a sign inside and a letter outside; write *words*, or \\* for an "    \
    "asterisk\n"

static void test_refused(void **state)
{
    static const char *const expected[][2] = {
        { "a <b>x</b>\n",
          "t.md:1:3: error: [text-html] HTML is not read; write Markdown, or \\< for the sign\n"
          "t.md:1:7: error: [text-html] HTML is not read; write Markdown, or \\< for the sign\n" },
        { "x\n\n<div>\n",
          "t.md:3:1: error: [text-html] HTML is not read; write Markdown, or \\< for the sign\n" },
        { "a **b\nc\n", "t.md:1:3: error: [text-unsupported] this ** makes nothing strong: " STRONG },
        { "نص ** كلمة**\n", "t.md:1:4: error: [text-unsupported] this ** makes nothing strong: " STRONG
                           "t.md:1:11: error: [text-unsupported] this ** makes nothing strong: " STRONG },
        { "**كلمة،**والأسوأ \\*\\*\n",
          "t.md:1:1: error: [text-unsupported] this ** makes nothing strong: " STRONG },
        { "a *b\n", "t.md:1:3: error: [text-unsupported] this * stresses nothing: " STRESS },
        { "a ~~b~~ \\~\\~c\\~\\~ `~~`\n", "t.md:1:3: error: [text-unsupported] ~~ strikes nothing out here: a briefing "
                                         "says what holds; take the struck words out, or write \\~\\~ for the signs\n" },
        { "و~~كلمة~~\n", "t.md:1:2: error: [text-unsupported] ~~ strikes nothing out here: a briefing says "
                          "what holds; take the struck words out, or write \\~\\~ for the signs\n" },
        { "a == b ==c d== e\n", "t.md:1:8: error: [text-unsupported] == marks no words here; write **words** for what "
                               "stands out, or \\=\\= for the signs\n" },
        { "x^[a note] y\n", "t.md:1:2: error: [text-unsupported] ^[ begins no footnote here; refer to one by [^name], "
                            "and add a line [^name]: with its text\n" },
        { "km^b^ a^b c\n", "t.md:1:3: error: [text-unsupported] ^ raises nothing here; write the raised sign itself, as "
                          "in km², or \\^ for the sign\n" },
        { "CO~b~ ~c–~d\n", "t.md:1:3: error: [text-unsupported] ~ lowers nothing here; write the lowered sign itself, as "
                            "in CO₂, or \\~ for the sign\n" },
        { "و_كلمة_ a_b_c a_b c_d {a_b} {c_1} {d_e_} في _ب_\n",
          "t.md:1:2: error: [text-unsupported] this _ stresses nothing, since a letter stands before it; write *words*, "
          "or \\_ for the sign\n" },
        { "[a](https://b c)\n", "t.md:1:3: error: [text-unsupported] this makes no link: in the brackets behind the "
                               "words stands the address alone, without spaces; write [words](https://...), or \\] for "
                               "the bracket\n" },
        { "[a] (https://b)\n", "t.md:1:3: error: [text-unsupported] a space parts these words from their address; write "
                              "[words](https://...)\n" },
        { "[a][b] [c]\n", "t.md:1:3: error: [text-unsupported] no line gives this link's address; write "
                         "[words](https://...), or \\] for the bracket\n" },
        { "| a | b |\n| c | d |\n", "t.md:1:1: error: [text-unsupported] this table has no line below its titles that "
                                   "gives each column a ---; write |---|---| there\n" },
        { "| a | b |\n|---|\n| c | d |\n", "t.md:1:1: error: [text-unsupported] this table has no line below its titles "
                                          "that gives each column a ---; write |---|---| there\n" },
        { "a *https://x.org*، b\n", "t.md:1:4: error: [text-unsupported] the * behind this address stresses nothing; write "
                                    "the address in brackets, <https://...>\n" },
        { "##a\n", "t.md:1:1: error: [text-unsupported] a heading has a space behind its ##; write ## Words {#name}\n" },
        { "- b\n- [ ] c\n- [x] d\n\n  [ ] e\n",
          "t.md:2:3: error: [text-unsupported] a list has no boxes to tick; say in words what is done, or write \\[ for "
          "the bracket\n"
          "t.md:3:3: error: [text-unsupported] a list has no boxes to tick; say in words what is done, or write \\[ for "
          "the bracket\n" },
        { "a : b\n: c\n", "t.md:2:1: error: [text-unsupported] a line that begins with : defines no term here; write a "
                         "list, - **term**: words\n" },
        { "```\nx\n```\n",
          "t.md:1:1: error: [text-unsupported] a code block cannot be printed; write a paragraph, not "
          "moved in by four spaces\n" },
        { "x ![y](z.png)\n",
          "t.md:1:3: error: [text-unsupported] an image stands inside a text; give a chart or table a "
          "paragraph of its own\n" },
        { "![y](video:z)\n",
          "t.md:1:1: error: [text-unsupported] 'video:z' cannot be placed; what can is chart:NAME, table:NAME, "
          "image:NAME or an image's file, figures:NAME, contents:, sources: and break:page\n" },
        { "![y](../z.png)\n",
          "t.md:1:1: error: [text-unsupported] '../z.png' cannot be placed; what can is chart:NAME, table:NAME, "
          "image:NAME or an image's file, figures:NAME, contents:, sources: and break:page\n" },
        { "![a[^x] [](#b)](chart:c)\n\n[^x]: y\n",
          "t.md:1:4: error: [note-place] a caption refers to the footnote 'x'; refer to it in the text below\n"
          "t.md:1:9: error: [link-text] a caption holds a link without text; write one between the brackets\n" },
        { "- ![a](chart:c)\n",
          "t.md:1:3: error: [text-unsupported] this stands inside a list or quote; give it a "
          "paragraph of its own\n" },
        { "> [!NOTE]\n> x\n>\n> | a |\n> | --- |\n> | b |\n",
          "t.md:4:3: error: [text-unsupported] this stands inside a list or quote; give it a "
          "paragraph of its own\n" },
        { "- x\n\n  | a |\n  | --- |\n  | b |\n",
          "t.md:3:3: error: [text-unsupported] this stands inside a list or quote; give it a "
          "paragraph of its own\n" },
        { "> ## a {#b}\n",
          "t.md:1:3: error: [text-unsupported] a heading stands inside a list or quote; move it out\n" },
        { "## {#b}\n", "t.md:1:1: error: [text-unsupported] this heading has no text; write some\n" },
        { "# a {#b}\n",
          "t.md:1:1: error: [heading-level] a heading of level 1 stands in the text; the title is in "
          "report.yaml, sections start with ##\n" },
        { "### a {#b}\n",
          "t.md:1:1: error: [heading-level] the first heading is of level 3; sections start with ##, level "
          "2\n" },
        { "## a {#a}\n\n#### b {#b}\n\n### c {#c}\n\n## d {#d}\n\nx\n\n##### e {#e}\n",
          "t.md:3:1: error: [heading-level] this heading is of level 4, the one before it of level 2; level "
          "3 is right here, or a lower number\n"
          "t.md:11:1: error: [heading-level] this heading is of level 5, the one before it of level 2; level "
          "3 is right here, or a lower number\n" },
        { "## a[^x] b {#b}\n\n[^x]: y\n",
          "t.md:1:5: error: [note-place] a heading refers to the footnote 'x'; refer to it in the text "
          "below\n" },
        { "- a\n-\n\n1. b\n2.\n",
          "t.md:2:1: error: [text-unsupported] this list item is empty; write its text, or take it out\n"
          "t.md:5:1: error: [text-unsupported] this list item is empty; write its text, or take it out\n" },
        { "- - a\n\n  > b\n\n1. > c\n",
          "t.md:1:1: error: [text-unsupported] this list item begins without words, so that its mark would stand beside "
          "nothing; begin it with a line of text\n"
          "t.md:5:1: error: [text-unsupported] this list item begins without words, so that its mark would stand beside "
          "nothing; begin it with a line of text\n" },
        { ">\n", "t.md:1:1: error: [text-unsupported] this quote is empty; write its text, or take it out\n" },
        { "## a\n", "t.md:1:1: error: [heading-id] this heading has no id; end it with {#name}, in small "
                    "letters, digits "
                    "and '-', the same in both languages\n" },
        { "## a {#B}\n",
          "t.md:1:1: error: [heading-id] this heading has no id; end it with {#name}, in small letters, "
          "digits and '-', the same in both languages\n" },
        { "[a](javascript:x)\n",
          "t.md:1:1: error: [link-target] the link's target 'javascript:x' cannot be followed; "
          "write https://..., mailto:..., #id of a heading, chart:NAME, table:NAME or image:NAME\n" },
        { "a \u2068b\n",
          "t.md:1:3: error: [text-bidi] U+2068 stands in the text; take it out, the program isolates "
          "values and breaks lines itself\n" },
        { "x[^surce]\n\ny[^source]\n\n[^source]: z\n",
          "t.md:1:2: error: [note-undefined] the footnote 'surce' is not defined; did you mean 'source'?\n" },
        { "x[^a]\n", "t.md:1:2: error: [note-undefined] the footnote 'a' is not defined; add a line [^a]: "
                     "with its text\n" },
        { "x\n\n[^a]: z\n",
          "t.md:3:1: error: [note-unused] nothing refers to the footnote 'a'; refer to it with [^a], or "
          "take it out\n" },
        { "x[^a]\n\n[^a]: z\n\n[^a]: y\n",
          "t.md:5:1: error: [note-duplicate] the footnote 'a' is defined in line 3 "
          "already; keep one\n" },
        { "x[^a]\n\n[^a]: - y\n",
          "t.md:3:1: error: [text-unsupported] the footnote 'a' is not one paragraph; write it as "
          "one\n" },
        { "x[^a] y[^b]\n\n[^a]: z[^b]\n[^b]: y\n",
          "t.md:3:8: error: [text-unsupported] a footnote refers to a footnote; "
          "say it in one of the two\n" },
        { "> > > > > > > > > > > > > > > > > x\n",
          "t.md:1:33: error: [text-depth] lists and quotes are nested more than "
          "16 deep; take some out\n" },
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_string_equal(errors(f, expected[i][0]), expected[i][1]);
}

static void test_deep_markup(void **state)
{
    struct fixture *f = *state;
    struct buf text;

    buf_init(&text);
    for (int i = 0; i < 20; i++)
        buf_add_string(&text, i % 2 ? "**" : "*x ");
    buf_add_string(&text, "y");
    for (int i = 20; i-- > 0;)
        buf_add_string(&text, i % 2 ? "**" : "*");
    errors(f, text.data);
    assert_int_equal(diags_count(f->diags), 1);
    assert_int_equal(diags_get(f->diags, 0)->id, DIAG_TEXT_DEPTH);
    buf_drop(&text);
}

static void test_limits(void **state)
{
    struct fixture *f = *state;
    struct buf text;

    buf_init(&text);
    for (int i = 0; i < 34; i++)
        buf_add_string(&text, "|a");
    assert_string_equal(errors(f, text.data),
                        "t.md:1:1: error: [text-limit] a line has 34 bars and a table at most 32 "
                        "columns; split the table\n");
    buf_clear(&text);
    for (int i = 0; i < 10000; i++)
        buf_add_string(&text, "a\n");
    assert_string_equal(errors(f, text.data),
                        "t.md:10001:1: error: [text-limit] the text has more than 10000 lines; "
                        "split the report\n");
    buf_drop(&text);
}

static void test_escaped_note_is_text(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(errors(f, "x \\[^a]\n"), "");
}

static void test_line_ends(void **state)
{
    struct fixture *f = *state;
    struct markdown *parsed = parse(f, "a\r\nb {x}\r\n\r\n## c {#d}\r\n");

    assert_string_equal(parsed->blocks->text.text.utf8, "a b {x}");
    assert_place(f, &parsed->blocks->text.text, "{x}", 2, 3);
    assert_int_equal(parsed->blocks->next->at.line, 4);
}

static void test_empty(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(tree(f, ""), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_blocks, setup, teardown),
        cmocka_unit_test_setup_teardown(test_objects, setup, teardown),
        cmocka_unit_test_setup_teardown(test_inlines, setup, teardown),
        cmocka_unit_test_setup_teardown(test_bare_addresses, setup, teardown),
        cmocka_unit_test_setup_teardown(test_notes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_tables, setup, teardown),
        cmocka_unit_test_setup_teardown(test_places, setup, teardown),
        cmocka_unit_test_setup_teardown(test_places_in_tables_and_notes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_long_text_keeps_columns, setup, teardown),
        cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(test_deep_markup, setup, teardown),
        cmocka_unit_test_setup_teardown(test_limits, setup, teardown),
        cmocka_unit_test_setup_teardown(test_escaped_note_is_text, setup, teardown),
        cmocka_unit_test_setup_teardown(test_line_ends, setup, teardown),
        cmocka_unit_test_setup_teardown(test_empty, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
