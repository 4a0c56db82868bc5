/* Limits of a worker: rlimits, no new privileges, Landlock (files), seccomp (network, programs). Linux. */
#define _GNU_SOURCE
#include "nightly/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/share.h"

static bool limit(int what, rlim_t most)
{
    const struct rlimit to = { most, most };
    return setrlimit(what, &to) == 0;
}

/* AddressSanitizer maps terabytes that it does not use. */
#ifdef __SANITIZE_ADDRESS__
static const bool limits_memory = false;
#else
static const bool limits_memory = true;
#endif

/* Standard error may be a file: a last word that it does not take must not look like another end than it is. */
static bool set_limits(const struct sandbox_limits *limits)
{
    signal(SIGXFSZ, SIG_IGN);
    return (!limits_memory || limit(RLIMIT_AS, limits->memory)) && limit(RLIMIT_CPU, limits->seconds)
        && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0)
        && limit(RLIMIT_NOFILE, 256) && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

/* --- files (Landlock) --- */

enum { READING = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR };
static const uint64_t REFUSED =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE |
    LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
    LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
    LANDLOCK_ACCESS_FS_MAKE_SYM;

/* A folder that is not there needs no rule. */
static bool allow_reading(int rules, const char *folder)
{
    int fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT;
    const struct landlock_path_beneath_attr below = { .allowed_access = READING, .parent_fd = fd };
    bool ok = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &below, 0) == 0;
    close(fd);
    return ok;
}

static bool close_files(const char *workspace)
{
    static const char *const system_folders[] = { "/usr", "/etc", "/lib", "/lib64", "/proc", "/var/cache/fontconfig" };
    const struct landlock_ruleset_attr attr = { .handled_access_fs = REFUSED };
    int rules = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
    if (rules < 0)
        return errno == ENOSYS || errno == EOPNOTSUPP; /* the kernel has no Landlock, or it is off */
    struct arena *arena = arena_new();
    const char *shipped = share_folder(arena);
    bool ok = allow_reading(rules, workspace) && (!shipped || allow_reading(rules, shipped));
    arena_drop(arena);
    for (size_t i = 0; i < sizeof system_folders / sizeof *system_folders; i++)
        ok = ok && allow_reading(rules, system_folders[i]);
    ok = ok && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return ok;
}

/* --- network and programs (seccomp) --- */

static bool close_calls(void)
{
    static const int refused[] = { SCMP_SYS(socket),  SCMP_SYS(connect), SCMP_SYS(bind),   SCMP_SYS(listen),
                                   SCMP_SYS(execve),  SCMP_SYS(execveat), SCMP_SYS(ptrace), SCMP_SYS(kill),
                                   SCMP_SYS(tgkill),  SCMP_SYS(mount),   SCMP_SYS(unshare) };
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    bool ok = filter != NULL;
    for (size_t i = 0; ok && i < sizeof refused / sizeof *refused; i++)
        ok = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0) == 0;
    ok = ok && seccomp_load(filter) == 0;
    if (filter)
        seccomp_release(filter);
    return ok;
}

void sandbox_keep_only(int fd)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (fd > 3)
        close_range(3, (unsigned)fd - 1, 0);
    close_range((unsigned)fd + 1, ~0u, 0);
}

bool sandbox_enter(const char *workspace, const struct sandbox_limits *limits)
{
    file_confine(workspace);
    return set_limits(limits) && close_files(workspace) && close_calls();
}
