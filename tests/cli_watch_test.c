/* preview --watch and --serve as people run them: a saved file, its new pages, what a browser may ask, and the end. */
#include <arpa/inet.h>
#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "support/program.h"

enum { PATIENCE_MS = 20000, STEP_MS = 5 };

struct workspace {
    char *folder, *out, *log, *names; /* log: standard error; names: standard output */
    char *en, *ar;
    long process; /* 0: none runs */
};

static int set_up(void **state)
{
    struct workspace *w = calloc(1, sizeof *w);
    w->folder = workspace_new("tests/data/cli");
    w->out = text_join(w->folder, "out");
    w->log = text_join(w->folder, "log");
    w->names = text_join(w->folder, "names");
    w->en = text_join(w->folder, "reports/mini/en.md");
    w->ar = text_join(w->folder, "reports/mini/ar.md");
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    struct workspace *w = *state;
    if (w->process)
        program_end(w->process, SIGKILL);
    tree_remove(w->folder);
    free(w->out);
    free(w->log);
    free(w->names);
    free(w->en);
    free(w->ar);
    free(w);
    return 0;
}

static void start(struct workspace *w, const char *how)
{
    w->process = program_start((const char *const[]){ program_mujaz(), "preview", how, "--no-cache", "-C", w->folder, "-o",
                                                      w->out, "-e", "en", "--dpi=40", "mini", NULL },
                               w->names, w->log);
}

static void end(struct workspace *w)
{
    assert_int_equal(program_end(w->process, SIGTERM), 128 + SIGTERM);
    w->process = 0;
}

static void pause_ms(long ms)
{
    nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000 }, NULL);
}

/* Until the file holds the text so many times. */
static void wait_for(const char *path, const char *text, size_t times)
{
    for (int ms = 0; ms < PATIENCE_MS; ms += STEP_MS) {
        size_t length, found = 0;
        char *content = file_is_there(path) ? file_content(path, &length) : NULL;
        for (const char *p = content; p && (p = strstr(p, text)); p++)
            found++;
        free(content);
        if (found >= times)
            return;
        pause_ms(STEP_MS);
    }
    fail_msg("%s never holds '%s' %zu times", path, text, times);
}

/* As editors save: a file beside it that takes its name. */
static void save(const char *path, const char *old, const char *new)
{
    char *beside = text_join(path, "");
    size_t length;
    beside[strlen(path)] = '~';
    char *content = file_content(path, &length);
    file_write(beside, content, length);
    free(content);
    file_replace(beside, old, new);
    assert_int_equal(rename(beside, path), 0);
    free(beside);
}

static ino_t number_of(const struct workspace *w, const char *name)
{
    struct stat st;
    char *path = text_join(w->out, name);
    ino_t number = stat(path, &st) == 0 ? st.st_ino : 0;
    free(path);
    return number;
}

/* A second and third page. */
static void lengthen(const struct workspace *w)
{
    const char *const texts[] = { w->en, w->ar }, *const words[] = { "A further sentence. ", "جملة أخرى. " };
    for (int lang = 0; lang < 2; lang++) {
        struct buf long_text;
        buf_init(&long_text);
        for (int i = 0; i < 40; i++) {
            for (int k = 0; k < 20; k++)
                buf_add_string(&long_text, words[lang]);
            buf_add_string(&long_text, "\n\n");
        }
        buf_add_string(&long_text, "[^why]:");
        file_replace(texts[lang], "[^why]:", long_text.data);
        buf_drop(&long_text);
    }
}

/* --- watch ------------------------------------------------------------------------------------------------ */

static void a_saved_text_gives_its_page_and_no_other(void **state)
{
    struct workspace *w = *state;
    start(w, "--watch");
    wait_for(w->log, "new pages", 1);
    assert_true(number_of(w, "mini.en.001.png") != 0);
    ino_t first = number_of(w, "mini.en.001.png");
    save(w->en, "The three lists hold", "Three lists hold");
    wait_for(w->log, "mujaz: 1 new pages", 2);
    assert_true(number_of(w, "mini.en.001.png") != first);
    /* Arabic is not in this edition: nothing is drawn. */
    first = number_of(w, "mini.en.001.png");
    save(w->ar, "\n", " \n");
    wait_for(w->log, "mujaz: 0 new pages", 1);
    assert_int_equal(number_of(w, "mini.en.001.png"), first);
    end(w);
}

static void data_and_layouts_are_watched_too(void **state)
{
    struct workspace *w = *state;
    char *data = text_join(w->folder, "datasets/lists/council-lists.csv"), *layouts = text_join(w->folder, "layouts");
    char *layout = text_join(layouts, "briefing-a4.yaml");
    start(w, "--watch");
    wait_for(w->log, "new pages", 1);
    save(data, "43", "44");
    wait_for(w->log, "mujaz: 1 new pages", 2);
    save(layout, "\n", "\nnonsense: 1\n");
    wait_for(w->log, "nonsense", 1);
    save(layout, "\nnonsense: 1\n", "\n");
    wait_for(w->log, "mujaz: 0 new pages", 1);
    end(w);
    free(data);
    free(layout);
    free(layouts);
}

/* Each leads to all of them: so many ways that they were never all gone. */
static void folders_that_link_to_themselves_are_watched_once(void **state)
{
    struct workspace *w = *state;
    char *lists = text_join(w->folder, "datasets/lists"), name[] = "back0", *data = text_join(lists, "council-lists.csv");
    for (; name[4] < '9'; name[4]++) {
        char *link = text_join(lists, name);
        assert_int_equal(symlink(".", link), 0);
        free(link);
    }
    start(w, "--watch");
    wait_for(w->log, "new pages", 1);
    save(data, "43", "44");
    wait_for(w->log, "mujaz: 1 new pages", 2);
    end(w);
    free(lists);
    free(data);
}

static void what_is_wrong_is_said_and_the_pages_stay(void **state)
{
    struct workspace *w = *state;
    start(w, "--watch");
    wait_for(w->log, "new pages", 1);
    ino_t first = number_of(w, "mini.en.001.png");
    save(w->en, "{seats}", "{saets}");
    wait_for(w->log, "[figure-unknown]", 1);
    wait_for(w->log, "the pages are the last good ones", 1);
    assert_int_equal(number_of(w, "mini.en.001.png"), first);
    save(w->en, "{saets}", "{seats}");
    wait_for(w->log, "mujaz: 0 new pages", 1);
    assert_int_equal(number_of(w, "mini.en.001.png"), first);
    end(w);
}

static void pages_that_went_are_removed(void **state)
{
    struct workspace *w = *state;
    char *out = text_join(w->out, "mini.en.007.png");
    /* From an earlier time: not of a page that follows the last one, so it is somebody else's. */
    assert_int_equal(mkdir(w->out, 0777), 0);
    file_write(out, "x", 1);
    lengthen(w);
    start(w, "--watch");
    wait_for(w->log, "new pages", 1);
    assert_true(number_of(w, "mini.en.002.png") != 0);
    char *en = text_join("tests/data/cli/reports/mini", "en.md"), *ar = text_join("tests/data/cli/reports/mini", "ar.md");
    size_t en_length, ar_length;
    char *en_text = file_content(en, &en_length), *ar_text = file_content(ar, &ar_length);
    file_write(w->ar, ar_text, ar_length);
    file_write(w->en, en_text, en_length);
    for (int ms = 0; number_of(w, "mini.en.002.png") != 0; ms += STEP_MS) {
        assert_true(ms < PATIENCE_MS);
        pause_ms(STEP_MS);
    }
    assert_true(number_of(w, "mini.en.001.png") != 0);
    assert_true(number_of(w, "mini.en.007.png") != 0);
    end(w);
    /* Nothing half done. */
    DIR *dir = opendir(w->out);
    for (struct dirent *e; (e = readdir(dir));)
        assert_null(strstr(e->d_name, ".tmp"));
    closedir(dir);
    free(en);
    free(ar);
    free(en_text);
    free(ar_text);
    free(out);
}

static void no_more_watches_is_said(void **state)
{
    struct workspace *w = *state;
    char command[1024];
    snprintf(command, sizeof command, "ulimit -n 4; exec %s preview --watch -C %s -o %s mini", program_mujaz(), w->folder,
             w->out);
    struct outcome o = program_run((const char *const[]){ "sh", "-c", command, NULL }, NULL);
    assert_int_equal(o.code, 3);
    assert_non_null(strstr(o.err, "[watch] its folders cannot be watched: Too many open files"));
    outcome_drop(&o);
}

/* --- serve ------------------------------------------------------------------------------------------------ */

struct served {
    unsigned port;
    char token[64];
};

static struct served serve(struct workspace *w)
{
    struct served s;
    size_t length;
    w->process = program_start((const char *const[]){ program_mujaz(), "preview", "--serve", "--no-cache", "-C", w->folder,
                                                      "mini", NULL },
                               w->names, w->log);
    wait_for(w->names, "/\n", 1);
    char *address = file_content(w->names, &length);
    assert_int_equal(sscanf(address, "http://127.0.0.1:%u/%63[0-9a-f]/\n", &s.port, s.token), 2);
    assert_int_equal(strlen(s.token), 32);
    free(address);
    return s;
}

static int reach(const char *number, unsigned port)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    assert_int_equal(inet_pton(AF_INET, number, &to.sin_addr), 1);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    if (connect(fd, (const struct sockaddr *)&to, sizeof to) == 0)
        return fd;
    close(fd);
    return -1;
}

/* The answer to a request as it is written here, but for Host where `host` is NULL; heap. */
static char *ask(const struct served *s, const char *method, const char *path, const char *host, const char *headers)
{
    struct buf request, answer;
    char chunk[4096];
    int fd = reach("127.0.0.1", s->port);
    assert_true(fd >= 0);
    buf_init(&request);
    buf_init(&answer);
    buf_printf(&request, "%s %s HTTP/1.1\r\nConnection: close\r\n%s", method, path, headers);
    if (host)
        buf_printf(&request, "Host: %s\r\n", host);
    else
        buf_printf(&request, "Host: 127.0.0.1:%u\r\n", s->port);
    buf_add_string(&request, "\r\n");
    assert_int_equal(write(fd, request.data, request.length), request.length);
    for (ssize_t got; (got = read(fd, chunk, sizeof chunk)) > 0;)
        buf_add(&answer, chunk, (size_t)got);
    close(fd);
    buf_drop(&request);
    return answer.data;
}

static void assert_code(const struct served *s, const char *method, const char *path, const char *host,
                        const char *headers, int code)
{
    int got = 0;
    char *answer = ask(s, method, path, host, headers);
    assert_int_equal(sscanf(answer, "HTTP/1.1 %d", &got), 1);
    if (got != code)
        fail_msg("%s %s: %d, not %d", method, path, got, code);
    assert_null(strstr(answer, "Access-Control-Allow"));
    assert_null(strstr(answer, "root:x:"));
    free(answer);
}

/* "/TOKEN/rest" in one of a few buffers. */
static const char *below(const struct served *s, const char *rest)
{
    static char paths[4][640];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "/%s/%s", s->token, rest);
    return path;
}

static void the_page_is_served_with_its_guards(void **state)
{
    struct served s = serve(*state);
    char *page = ask(&s, "GET", below(&s, ""), NULL, "");
    assert_non_null(strstr(page, "HTTP/1.1 200"));
    assert_non_null(strstr(page, "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; "));
    assert_non_null(strstr(page, "X-Content-Type-Options: nosniff"));
    assert_non_null(strstr(page, "<script src=\"page.js\""));
    free(page);
    assert_code(&s, "GET", below(&s, "page.js"), NULL, "", 200);
    assert_code(&s, "GET", below(&s, "page.css"), NULL, "", 200);
    assert_code(&s, "HEAD", below(&s, ""), NULL, "", 200);
    end(*state);
}

static void only_who_knows_the_token_gets_anything(void **state)
{
    struct served s = serve(*state), other = s;
    assert_code(&s, "GET", "/", NULL, "", 404);
    assert_code(&s, "GET", "/state", NULL, "", 404);
    other.token[31] = other.token[31] == '0' ? '1' : '0';
    assert_code(&s, "GET", below(&other, ""), NULL, "", 404);
    other.token[31] = '\0';
    assert_code(&s, "GET", below(&other, ""), NULL, "", 404);
    assert_int_equal(reach("127.0.0.2", s.port), -1);
    end(*state);
}

static void other_sites_are_refused(void **state)
{
    struct served s = serve(*state);
    char name[64], origin[96];
    assert_code(&s, "GET", below(&s, ""), "example.org", "", 403);
    assert_code(&s, "GET", below(&s, ""), "127.0.0.1", "", 403);
    snprintf(name, sizeof name, "example.org:%u", s.port);
    assert_code(&s, "GET", below(&s, "state"), name, "", 403);
    snprintf(name, sizeof name, "localhost:%u", s.port);
    assert_code(&s, "GET", below(&s, "state"), name, "", 200);
    assert_code(&s, "POST", below(&s, "choose?edition=ar"), NULL, "Origin: http://example.org\r\nContent-Length: 0\r\n", 403);
    snprintf(origin, sizeof origin, "Origin: http://127.0.0.1:%u\r\nContent-Length: 0\r\n", s.port);
    assert_code(&s, "POST", below(&s, "choose?edition=ar"), NULL, origin, 204);
    end(*state);
}

static void no_file_can_be_reached(void **state)
{
    static const char *const paths[] = {
        "../reports/mini/en.md", "..%2f..%2fetc%2fpasswd", "../../../../../../etc/passwd", "/etc/passwd", "reports/mini/en.md",
        "%2e%2e/en.md", "page.js/../../etc/passwd", "page.html", "picture?page=../../etc/passwd&digest=x&dpi=96",
        "picture?page=1&digest=../en.md&dpi=96", "picture?page=1&digest=x&dpi=100000",
    };
    struct served s = serve(*state);
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        char *answer = ask(&s, "GET", below(&s, paths[i]), NULL, "");
        assert_true(strncmp(answer, "HTTP/1.1 40", 11) == 0);
        assert_null(strstr(answer, "root:x:"));
        assert_null(strstr(answer, "three lists"));
        free(answer);
    }
    assert_code(&s, "GET", "/../../etc/passwd", NULL, "", 404);
    assert_code(&s, "PUT", below(&s, "state"), NULL, "Content-Length: 0\r\n", 405);
    assert_code(&s, "GET", below(&s, "choose?edition=ar"), NULL, "", 405);
    assert_code(&s, "POST", below(&s, "choose?edition=xx"), NULL, "Content-Length: 0\r\n", 400);
    assert_code(&s, "POST", below(&s, "choose?layout=../fonts/noto"), NULL, "Content-Length: 0\r\n", 400);
    end(*state);
}

/* The value of the first "key": "..." behind `from`. */
static const char *value(const char *from, const char *key, char out[256])
{
    char wanted[64];
    snprintf(wanted, sizeof wanted, "\"%s\": \"", key);
    const char *at = strstr(from, wanted);
    assert_non_null(at);
    assert_int_equal(sscanf(at + strlen(wanted), "%255[^\"]", out), 1);
    return out;
}

/* More than it serves at a time; when they went, it goes on. */
static void many_connections_do_not_end_it(void **state)
{
    enum { MANY = 140, PATIENCE_SECONDS = 20 };
    struct workspace *w = *state;
    struct served s = serve(w);
    int fds[MANY];
    assert_code(&s, "GET", below(&s, ""), NULL, "", 200);
    for (int i = 0; i < MANY; i++)
        fds[i] = reach("127.0.0.1", s.port);
    pause_ms(300);
    for (int i = 0; i < MANY; i++)
        close(fds[i]);
    alarm(PATIENCE_SECONDS);
    assert_code(&s, "GET", below(&s, ""), NULL, "", 200);
    alarm(0);
    end(w);
}

static void the_state_waits_and_tells_places_and_errors(void **state)
{
    struct workspace *w = *state;
    struct served s = serve(w);
    char digest[256], later[256], file[256], path[512];
    char *now = ask(&s, "GET", below(&s, "state"), NULL, "");
    assert_non_null(strstr(now, "{\"revision\": 1, "));
    value(now, "digest", digest);
    char *en = strstr(now, "/reports/mini/en.md");
    assert_non_null(en);
    assert_non_null(strstr(en, "\"line\": 3")); /* the first paragraph */
    free(now);
    snprintf(path, sizeof path, "picture?page=1&digest=%s&dpi=40", digest);
    char *png = ask(&s, "GET", below(&s, path), NULL, "");
    assert_non_null(strstr(png, "Content-Type: image/png"));
    free(png);
    save(w->en, "{seats}", "{saets}");
    now = ask(&s, "GET", below(&s, "state?after=1"), NULL, "");
    assert_non_null(strstr(now, "{\"revision\": 2, "));
    assert_string_equal(value(now, "digest", later), digest); /* the last good pages */
    const char *messages = strstr(now, "\"messages\"");
    value(messages, "file", file);
    assert_non_null(strstr(file, "reports/mini/en.md"));
    assert_non_null(strstr(messages, "\"id\": \"figure-unknown\""));
    free(now);
    save(w->en, "The three lists hold {saets}", "Three lists hold {seats}");
    now = ask(&s, "GET", below(&s, "state?after=2"), NULL, "");
    assert_string_not_equal(value(now, "digest", later), digest);
    assert_null(strstr(now, "figure-unknown"));
    free(now);
    assert_code(&s, "GET", below(&s, path), NULL, "", 404); /* there is no such page any more */
    end(w);
    assert_false(file_is_there("out/mini.parallel.001.png"));
}

static void a_port_that_is_taken_is_said(void **state)
{
    struct workspace *w = *state;
    struct served s = serve(w);
    char option[32];
    snprintf(option, sizeof option, "--serve=%u", s.port);
    struct outcome o = program_run((const char *const[]){ program_mujaz(), "preview", option, "-C", w->folder, "mini", NULL },
                                   NULL);
    assert_int_equal(o.code, 3);
    assert_non_null(strstr(o.err, "[serve] 127.0.0.1:"));
    assert_string_equal(o.out, "");
    outcome_drop(&o);
    end(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_saved_text_gives_its_page_and_no_other, set_up, tear_down),
        cmocka_unit_test_setup_teardown(data_and_layouts_are_watched_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(folders_that_link_to_themselves_are_watched_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_wrong_is_said_and_the_pages_stay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pages_that_went_are_removed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_more_watches_is_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_page_is_served_with_its_guards, set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_who_knows_the_token_gets_anything, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_sites_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_file_can_be_reached, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_connections_do_not_end_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_state_waits_and_tells_places_and_errors, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_port_that_is_taken_is_said, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
