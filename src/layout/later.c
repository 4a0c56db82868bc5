/*
 * Texts that nobody asks about before the whole doc has become items: paragraphs and notes. They are kept as jobs, and
 * a second thread sets them while this one goes on with the doc, its tables and charts; in the end both set the rest.
 * Each has a text engine, an arena and diagnostics of its own; jobs are taken under a lock, and a job's set_text is
 * nobody else's until all are done. What a text's lines are depends on nothing else, so the pages are the same.
 *
 * The order of what is said does depend on it: where there is anything to say, all is said by one thread (layout.c).
 */
#include "layout/layouter.h"

#include "base/beside.h"

#include <stdlib.h>

/* Bytes of text for which a second thread is worth its start. */
enum { WORTH_A_THREAD = 16 * 1024 };

struct job {
    struct set_text *set;
    struct text_style style;
};

/* In order. Each thread begins with another language, so that few words are shaped by both. */
struct jobs {
    struct job *list;
    size_t count, room, next;
};

struct setter {
    struct layouter layouter; /* a copy, with what is the thread's own */
    struct later *later;
    enum lang first;
};

struct later {
    struct setter here, there;
    struct beside beside;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t more;  /* jobs, or the end of them */
    struct jobs jobs[LANG_COUNT];
    bool ended;
    /* this thread's */
    size_t bytes; /* of text, so far */
    bool tried;   /* to start the other one */
    struct flow_item **items; /* whose rows are to be counted */
    size_t item_count;
};

/* --- setting --- */

static bool take_of(struct jobs *jobs, struct job *out)
{
    if (jobs->next == jobs->count)
        return false;
    *out = jobs->list[jobs->next++];
    return true;
}

/* False: there is none left and, where it `waits`, none will come. */
static bool take(struct later *later, enum lang first, bool waits, struct job *out)
{
    enum lang other = first == LANG_EN ? LANG_AR : LANG_EN;
    bool taken;
    pthread_mutex_lock(&later->lock);
    while (!(taken = take_of(&later->jobs[first], out) || take_of(&later->jobs[other], out)) && waits && !later->ended)
        pthread_cond_wait(&later->more, &later->lock);
    pthread_mutex_unlock(&later->lock);
    return taken;
}

static void set_jobs(struct setter *setter, bool waits)
{
    struct job job;
    while (take(setter->later, setter->first, waits, &job))
        set_fill(&setter->layouter, job.set, &job.style);
}

static void work_beside(void *context)
{
    struct setter *setter = context;
    set_jobs(setter, true);
}

/* --- jobs --- */

static void add_job(struct later *later, struct set_text *set, const struct text_style *style)
{
    struct jobs *jobs = &later->jobs[style->lang];
    pthread_mutex_lock(&later->lock);
    if (jobs->count == jobs->room) {
        jobs->room = jobs->room ? jobs->room * 2 : 64;
        jobs->list = xrealloc(jobs->list, jobs->room, sizeof *jobs->list);
    }
    jobs->list[jobs->count++] = (struct job){ set, *style };
    pthread_cond_signal(&later->more);
    pthread_mutex_unlock(&later->lock);
}

static void start(struct later *later, struct text_engine *here)
{
    struct text_engine *there = text_engine_lend(here);
    later->tried = true;
    if (!there)
        return;
    later->there.layouter.text = there;
    if (!beside_begin(&later->beside, work_beside, &later->there))
        text_engine_give_back(here);
}

void set_later(struct layouter *l, struct flow_item *item, struct set_text *set, const struct rich_text *rich,
               struct text_style style, float x, float width, struct scene_tag *tag)
{
    struct later *later = l->later;
    *set = set_open(l, rich, style, x, width, tag);
    if (!later) {
        set_fill(l, set, &style);
        return;
    }
    if (item)
        item->later = true;
    add_job(later, set, &style);
    later->bytes += set->rich->length;
    if (later->bytes >= WORTH_A_THREAD && !later->tried)
        start(later, l->text);
}

void later_add_item(struct layouter *l, struct flow_item *item)
{
    l->later->items = arena_grow(l->arena, l->later->items, l->later->item_count, sizeof *l->later->items);
    l->later->items[l->later->item_count++] = item;
}

/* --- the beginning and the end --- */

void later_begin(struct layouter *l)
{
    if (l->alone || !beside_can())
        return;
    l->later = arena_alloc(l->arena, sizeof *l->later);
    pthread_mutex_init(&l->later->lock, NULL);
    pthread_cond_init(&l->later->more, NULL);
    l->later->here = (struct setter){ *l, l->later, LANG_EN };
    l->later->there = (struct setter){ *l, l->later, LANG_AR };
    l->later->there.layouter.arena = arena_new();
    l->later->here.layouter.diags = diags_new();
    l->later->there.layouter.diags = diags_new();
}

/* False: something was said. The lines stay as long as the layouter's arena. */
static bool close_setters(struct later *later, struct arena *arena)
{
    struct layouter *here = &later->here.layouter, *there = &later->there.layouter;
    bool silent = diags_count(here->diags) == 0 && diags_count(there->diags) == 0;
    diags_drop(here->diags);
    diags_drop(there->diags);
    arena_hold(arena, there->arena);
    arena_drop(there->arena);
    return silent;
}

bool later_end(struct layouter *l)
{
    struct later *later = l->later;
    if (!later)
        return true;
    l->later = NULL;
    pthread_mutex_lock(&later->lock);
    later->ended = true;
    pthread_cond_signal(&later->more);
    pthread_mutex_unlock(&later->lock);
    set_jobs(&later->here, false);
    if (later->beside.runs) {
        beside_end(&later->beside);
        text_engine_give_back(l->text);
    }
    bool silent = close_setters(later, l->arena);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        free(later->jobs[lang].list);
    pthread_cond_destroy(&later->more);
    pthread_mutex_destroy(&later->lock);
    for (size_t i = 0; silent && i < later->item_count; i++)
        flow_count_rows(l, later->items[i]);
    return silent;
}
