/*
 * schedule.yaml of a workspace: which reports `mujaz nightly` makes, of what, when, and within which limits. Without
 * the file every report is made every night. All it may say is one table, `schedule_settings`; what it may say of a
 * report may stand at its top too, and holds then for each report that says nothing else.
 */
#ifndef MUJAZ_WORKSPACE_SCHEDULE_H
#define MUJAZ_WORKSPACE_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct diags;

struct schedule_report {
    const char *name;
    const char *layout;            /* NULL: the report's own */
    unsigned editions;             /* bit n: enum edition n; 0: the report's own */
    unsigned days;                 /* bit n: a weekday, from Sunday as in struct tm; 0: all */
    unsigned sheets;               /* enum imposition_form */
    bool attachments;
    bool listed;                   /* on the index page and in the feed */
    int64_t seconds, memory_mb;    /* of its worker */
};

struct schedule {
    const char *out;               /* a folder, told from the workspace; NULL: it says none */
    const char *site_url;          /* of OUT, ended by '/'; NULL: not told */
    int64_t jobs, keep, keep_days; /* 0: it says nothing */
    struct schedule_report every;  /* what holds for a report that is not named */
    struct schedule_report *reports;
    size_t count;                  /* 0: all of the workspace are meant */
};

enum schedule_kind {
    SCHEDULE_COUNT,   /* int64_t */
    SCHEDULE_SWITCH,  /* bool */
    SCHEDULE_CHOICE,  /* unsigned: which of `choices` */
    SCHEDULE_CHOICES, /* unsigned: bits, of a list */
    SCHEDULE_LAYOUT,  /* a name in layouts/ */
    SCHEDULE_FOLDER,  /* a path */
    SCHEDULE_ADDRESS  /* of a folder that is served */
};

struct schedule_setting {
    const char *key;
    enum schedule_kind kind;
    bool of_report;             /* the offset is one of struct schedule_report, else of struct schedule */
    size_t offset;
    int64_t least, most;        /* of a count */
    const char *const *choices; /* ended by NULL */
    const char *meaning;
};

const struct schedule_setting *schedule_settings(size_t *count);

/* Lives in the arena. NULL with diagnostics when anything in the file is wrong. */
const struct schedule *schedule_load(const char *workspace, struct arena *, struct diags *);
/* What it says of that report, else `every`. */
const struct schedule_report *schedule_of(const struct schedule *, const char *report);

#endif
