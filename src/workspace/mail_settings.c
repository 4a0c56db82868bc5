/* mail.yaml, and the password, which is never in it. Must not know what is sent. */
#include "workspace/mail_settings.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/node.h"
#include "publish/site.h"
#include "publish/mail.h"

enum { MEGABYTE = 1000 * 1000, PASSWORD_MOST = 1024 };

#define ATOM "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
#define LABEL "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
static const char EMAIL[] = "^" ATOM "(\\." ATOM ")*@" LABEL "(\\." LABEL ")+$";
static const char *const tls[] = { "starttls", "connect", "none", NULL }; /* as enum smtp_tls */
static const char *const sends[] = { "new", "every_run", NULL }, *const unsure[] = { "hold", "again", NULL };

static const struct mail_setting settings[] = {
    { "server", MAIL_TEXT, true, 0, 0, NULL, "^[A-Za-z0-9.:-]{1,253}$", "the mail server's name" },
    { "port", MAIL_COUNT, false, 1, 65535, NULL, NULL, "587 unless given; 465 with tls: connect, 25 with none" },
    { "tls", MAIL_CHOICE, false, 0, 0, tls, NULL, "connect: from the first byte; none: to this machine only" },
    { "reply_seconds", MAIL_COUNT, false, 1, 3600, NULL, NULL, "how long a reply of the server is waited for" },
    { "ca_file", MAIL_PATH, false, 0, 0, NULL, NULL, "certificates to trust in place of the system's" },
    { "user", MAIL_TEXT, false, 0, 0, NULL, NULL, "to log in with" },
    { "password_file", MAIL_PATH, false, 0, 0, NULL, NULL, "holds the password, on its first line" },
    { "from", MAIL_ADDRESS, true, 0, 0, NULL, EMAIL, "the sender's address" },
    { "from_name", MAIL_NAMES, false, 0, 0, NULL, NULL, "the sender's name; the report's author unless given" },
    { "reply_to", MAIL_ADDRESS, false, 0, 0, NULL, EMAIL, "an address for answers" },
    { "unsubscribe", MAIL_ADDRESS, false, 0, 0, NULL,
      "^(mailto:|https://)[^\\s<>\"\\\\^`{|}]+$", "how to get no more messages" },
    { "url", MAIL_ADDRESS, false, 0, 0, NULL, "^https?://[^/]", "where readers find the folder of runs" },
    { "attach_mb", MAIL_COUNT, false, 0, 100, NULL, NULL, "larger PDFs are linked and not attached (megabytes)" },
    { "recipients", MAIL_PATH, false, 0, 0, NULL, NULL, "the list's file; recipients.csv unless given" },
    { "send", MAIL_CHOICE, false, 0, 0, sends, NULL, "what the recipient has not got yet, or everything of each run" },
    { "unsure", MAIL_CHOICE, false, 0, 0, unsure, NULL, "what is done about a message that may have arrived or not" },
    { "tries", MAIL_COUNT, false, 1, 20, NULL, NULL, "how often a message is tried" },
    { "wait_seconds", MAIL_COUNT, false, 1, 3600, NULL, NULL, "before the second try; it doubles each time" },
};
enum { SETTINGS = sizeof settings / sizeof *settings };

const struct mail_setting *mail_settings_list(size_t *count)
{
    *count = SETTINGS;
    return settings;
}

/* It must be in the table. */
static const struct mail_setting *setting(const char *key)
{
    const struct mail_setting *s = settings;
    while (strcmp(s->key, key) != 0)
        s++;
    return s;
}

struct reader {
    const struct node *map;
    const char *workspace;
    struct mail_settings *out;
    struct arena *arena;
    struct diags *diags;
};

static void wrong(const struct reader *r, const char *key, const char *right)
{
    const struct node *node = node_get(r->map, key);
    diag_add(r->diags, DIAG_MAIL_VALUE, node->at, "'%s' is '%.100s'; write %s", key, node->text, right);
}

/* --- kinds of values --- */

/* NULL: absent, or wrong. */
static const char *text(const struct reader *r, const char *key)
{
    const char *value = NULL;
    node_text(r->map, key, setting(key)->required, &value, r->diags);
    return value;
}

static const char *address(const struct reader *r, const char *key)
{
    const char *value = text(r, key);
    if (value && !mail_address_is_good(value))
        wrong(r, key, "an address as briefings@example.org, in ASCII");
    return value;
}

/* Begins so, and goes on in printable ASCII without blanks and brackets. */
static bool is_url(const char *value, const char *scheme)
{
    size_t length = strlen(scheme);
    if (strncmp(value, scheme, length) != 0 || !value[length] || strlen(value) > 900)
        return false;
    for (const char *p = value; *p; p++)
        if (*p <= ' ' || *p > '~' || strchr("<>\"\\^`{|}", *p))
            return false;
    return true;
}

static int64_t count(const struct reader *r, const char *key, int64_t usual)
{
    int64_t value = usual, least = setting(key)->least, most = setting(key)->most;
    node_int(r->map, key, false, &value, r->diags);
    if (value >= least && value <= most)
        return value;
    diag_add(r->diags, DIAG_MAIL_VALUE, node_get(r->map, key)->at, "'%s' is %" PRId64 "; write a number from %" PRId64
             " to %" PRId64, key, value, least, most);
    return usual;
}

/* The index of a word, 0 where it is absent or wrong. */
static int choice(const struct reader *r, const char *key, const char *right)
{
    const char *const *words = setting(key)->choices, *value = text(r, key);
    for (int i = 0; value && words[i]; i++)
        if (strcmp(value, words[i]) == 0)
            return i;
    if (value)
        wrong(r, key, right);
    return 0;
}

static const char *path(const struct reader *r, const char *key, const char *usual)
{
    const char *value = text(r, key);
    if (!value && !usual)
        return NULL;
    value = value ? value : usual;
    return *value == '/' ? value : file_join(r->arena, r->workspace, value);
}

/* A text on one line, in both languages. */
static void read_name(const struct reader *r)
{
    static const char *const known[] = { "en", "ar", NULL };
    const struct node *both = node_get(r->map, "from_name");
    if (!both)
        return;
    node_check_keys(both, known, "from_name", r->diags);
    if (both->kind != NODE_MAP) {
        diag_add(r->diags, DIAG_VALUE_KIND, both->at, "'from_name' is no map; give it {en: ..., ar: ...}");
        return;
    }
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        const char *name = NULL;
        node_text(both, lang_tag((enum lang)lang), true, &name, r->diags);
        if (name && strpbrk(name, "\r\n\t"))
            diag_add(r->diags, DIAG_MAIL_VALUE, node_get(both, lang_tag((enum lang)lang))->at,
                     "'from_name' has several lines; write one");
        r->out->from_name[lang] = name;
    }
}

/* --- groups of keys --- */

static bool is_loopback(const char *host)
{
    return strcmp(host, "127.0.0.1") == 0 || strcmp(host, "::1") == 0 || strcmp(host, "localhost") == 0;
}

static void read_server(const struct reader *r)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:";
    struct smtp_server *s = &r->out->server;
    s->host = text(r, "server");
    if (s->host && (!*s->host || s->host[strspn(s->host, letters)] || strlen(s->host) > 253))
        wrong(r, "server", "the name of a mail server, as smtp.example.org");
    s->tls = (enum smtp_tls)choice(r, "tls", "starttls, connect (TLS from the first byte) or none");
    if (s->host && s->tls == SMTP_PLAIN && !is_loopback(s->host))
        wrong(r, "tls", "starttls or connect: without TLS mail goes to this machine only (localhost, 127.0.0.1, ::1)");
    s->port = (unsigned)count(r, "port", s->tls == SMTP_TLS ? 465 : s->tls == SMTP_PLAIN ? 25 : 587);
    s->seconds = (unsigned)count(r, "reply_seconds", 300);
    s->ca_file = path(r, "ca_file", NULL);
    s->user = text(r, "user");
    r->out->password_file = path(r, "password_file", NULL);
    r->out->password_at = s->user ? node_get(r->map, "user")->at : r->map->at;
}

static void read_sender(const struct reader *r)
{
    struct mail_settings *s = r->out;
    s->from = address(r, "from");
    read_name(r);
    s->reply_to = address(r, "reply_to");
    s->unsubscribe = text(r, "unsubscribe");
    if (s->unsubscribe && !is_url(s->unsubscribe, "mailto:") && !is_url(s->unsubscribe, "https://"))
        wrong(r, "unsubscribe", "an address as mailto:list@example.org?subject=stop, or one that begins with https://");
}

static void read_content(const struct reader *r)
{
    struct mail_settings *s = r->out;
    const char *address = text(r, "url");
    char url[SITE_URL_MOST];
    if (address && site_url(address, url))
        s->url = arena_string(r->arena, url);
    else if (address)
        wrong(r, "url", "the address at which readers find the folder of runs, as https://briefings.example/out/");
    s->attach_most = (uint64_t)count(r, "attach_mb", 10) * MEGABYTE;
    s->recipients = path(r, "recipients", "recipients.csv");
    s->rules.every_run = choice(r, "send", "new (what a recipient has not got yet) or every_run");
    s->rules.again = choice(r, "unsure", "hold or again");
    s->rules.tries = (unsigned)count(r, "tries", 4);
    s->rules.seconds = (unsigned)count(r, "wait_seconds", 60);
}

const struct mail_settings *mail_settings_load(const char *workspace, struct arena *arena, struct diags *diags)
{
    const char *known[SETTINGS + 1] = { NULL };
    size_t errors = diags_errors(diags);
    struct mail_settings *s = arena_alloc(arena, sizeof *s);
    struct reader r = { .workspace = workspace, .out = s, .arena = arena, .diags = diags };
    r.map = node_load(file_join(arena, workspace, "mail.yaml"), arena, diags);
    if (!r.map)
        return NULL;
    if (r.map->kind != NODE_MAP) {
        diag_add(diags, DIAG_VALUE_KIND, r.map->at, "mail.yaml is no map; give it server, from and so on");
        return NULL;
    }
    for (size_t i = 0; i < SETTINGS; i++)
        known[i] = settings[i].key;
    node_check_keys(r.map, known, "mail.yaml", diags);
    read_server(&r);
    read_sender(&r);
    read_content(&r);
    return diags_errors(diags) == errors ? s : NULL;
}

/* --- the password --- */

static const char secret_name[] = "MUJAZ_SMTP_PASSWORD";

/* NULL with a diagnostic, which never quotes what is in the file. */
static char *read_secret(const char *file, struct arena *arena, struct diags *diags)
{
    struct place at = { .file = file };
    struct stat st;
    int fd = open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0) {
        diag_add(diags, DIAG_MAIL_SECRET, at, "the password cannot be read: %s", strerror(errno));
    } else if (!S_ISREG(st.st_mode)) {
        diag_add(diags, DIAG_MAIL_SECRET, at, "this is no regular file; put the password into one");
    } else if (st.st_uid != geteuid() && st.st_uid != 0) {
        diag_add(diags, DIAG_MAIL_SECRET, at, "the file belongs to another user; make it yours: chown");
    } else if (st.st_mode & 077) {
        diag_add(diags, DIAG_MAIL_SECRET, at, "others may read the file (its mode is %04o); take that away: chmod 600",
                 (unsigned)st.st_mode & 07777);
    } else {
        char *secret = arena_alloc(arena, PASSWORD_MOST + 1);
        ssize_t length = read(fd, secret, PASSWORD_MOST);
        close(fd);
        if (length < 0)
            diag_add(diags, DIAG_MAIL_SECRET, at, "the password cannot be read: %s", strerror(errno));
        return length < 0 ? NULL : secret;
    }
    if (fd >= 0)
        close(fd);
    return NULL;
}

/* Its first line. */
static const char *check_secret(char *secret, struct place at, struct diags *diags)
{
    secret[strcspn(secret, "\r\n")] = '\0';
    if (*secret)
        return secret;
    diag_add(diags, DIAG_MAIL_SECRET, at, "the password is empty");
    return NULL;
}

const char *mail_settings_password(const struct mail_settings *s, struct arena *arena, struct diags *diags)
{
    const char *given = getenv(secret_name);
    if (!s->server.user)
        return NULL;
    if (given)
        return check_secret(arena_string(arena, given), (struct place){ .file = secret_name }, diags);
    if (s->password_file) {
        char *secret = read_secret(s->password_file, arena, diags);
        return secret ? check_secret(secret, (struct place){ .file = s->password_file }, diags) : NULL;
    }
    diag_add(diags, DIAG_MAIL_SECRET, s->password_at, "there is no password for '%s'; give it in the environment as "
             "%s, or name a 'password_file'", s->server.user, secret_name);
    return NULL;
}
