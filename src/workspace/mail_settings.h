/*
 * mail.yaml of a workspace: the server, the sender, what is sent and how often it is tried. Nothing in it is secret.
 * All that it may say is one table, `mail_settings_list`.
 */
#ifndef MUJAZ_WORKSPACE_MAIL_SETTINGS_H
#define MUJAZ_WORKSPACE_MAIL_SETTINGS_H

#include "base/lang.h"
#include "publish/mail_post.h"

struct arena;

struct mail_settings {
    struct smtp_server server;    /* without the password */
    const char *from, *from_name[LANG_COUNT]; /* names: NULL: the author of the PDF */
    const char *reply_to, *unsubscribe;       /* NULL: none */
    const char *url;              /* of OUT, ended by '/'; NULL: no links */
    uint64_t attach_most;         /* bytes of a PDF that is attached */
    const char *recipients;       /* path */
    const char *password_file;    /* path; NULL: none */
    struct place password_at;     /* where it would be given */
    struct post_rules rules;
};

enum mail_kind {
    MAIL_TEXT,
    MAIL_ADDRESS, /* of mail or of a page; no number or switch is one */
    MAIL_NAMES,   /* a text on one line in both languages */
    MAIL_PATH,    /* of a file, told from the workspace */
    MAIL_COUNT,
    MAIL_CHOICE   /* one of `choices` */
};

struct mail_setting {
    const char *key;
    enum mail_kind kind;
    bool required;
    int64_t least, most;        /* of a count */
    const char *const *choices; /* ended by NULL; the first holds where none is given */
    const char *pattern;        /* for the schema: what a text must be at least */
    const char *meaning;
};

const struct mail_setting *mail_settings_list(size_t *count);

/* Lives in the arena. NULL with diagnostics. */
const struct mail_settings *mail_settings_load(const char *workspace, struct arena *, struct diags *);

/* The password: of MUJAZ_SMTP_PASSWORD in the environment, else of the file, which nobody but the user (or root) may
 * own and nobody else may read. In the arena; NULL where there is no login, or with a diagnostic. */
const char *mail_settings_password(const struct mail_settings *, struct arena *, struct diags *);

#endif
