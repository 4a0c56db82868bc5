/*
 * Completions of the shells bash, zsh and fish, from the tables of commands and options. What only a workspace tells (the
 * names of its reports, datasets and layouts) the script looks up there, in the folder that -C names. @PREFIX@ becomes
 * where the shipped layouts are.
 */
#include "generate.h"

#include <stdio.h>
#include <string.h>

#include "cli/options_table.h"

/* 'text' of a shell: each quote ends it, stands escaped, and begins it again. */
static void put_quoted(const char *text)
{
    for (const char *p = text; *p; p++)
        *p == '\'' ? fputs("'\\''", stdout) : putchar(*p);
}

static const struct option_entry *entry_of(enum command command, size_t i)
{
    size_t count;
    const struct option_entry *options = option_table(&count);
    return i < count && options[i].commands >> command & 1 ? &options[i] : NULL;
}

static size_t option_count(void)
{
    size_t count;
    option_table(&count);
    return count;
}

#define EACH_COMMAND(c) (int c = COMMAND_NONE + 1; c < COMMAND_COUNT; c++)

/* --- bash --- */

static void put_bash_command(enum command command)
{
    const struct command_entry *c = command_table(command);
    printf("    %s)\n        options='", c->name);
    for (size_t i = 0; i < option_count(); i++) {
        const struct option_entry *o = entry_of(command, i);
        if (o && o->letter < OPTION_FORMAT)
            printf("-%c ", o->letter);
        if (o)
            printf("--%s%s ", o->name, o->value && *o->value != '[' ? "=" : "");
    }
    printf("'\n        first='%s' rest='%s'\n        case $option in\n", c->first ? c->first : "", c->rest ? c->rest : "");
    for (size_t i = 0; i < option_count(); i++) {
        const struct option_entry *o = entry_of(command, i);
        if (!o || !o->value || *o->value == '[')
            continue;
        printf("        --%s", o->name);
        if (o->letter < OPTION_FORMAT)
            printf(" | -%c", o->letter);
        printf(") values='%s' takes=1 ;;\n", o->words ? o->words : "");
    }
    puts("        esac ;;");
}

static void put_bash(void)
{
    fputs("# Completion of mujaz for bash. Made from the program's tables.\n"
          "_mujaz_words() {\n"
          "    local word file\n"
          "    for word in $1; do\n"
          "        case $word in\n"
          "        @reports) for file in \"$workspace\"/reports/*/report.yaml; do\n"
          "                [ -e \"$file\" ] && file=${file%/*} && echo \"${file##*/}\"; done ;;\n"
          "        @datasets) for file in \"$workspace\"/datasets/*/datapackage.json; do\n"
          "                [ -e \"$file\" ] && file=${file%/*} && echo \"${file##*/}\"; done ;;\n"
          "        @layouts) for file in \"$workspace\"/layouts/*.yaml @PREFIX@/share/mujaz/layouts/*.yaml; do\n"
          "                [ -e \"$file\" ] && file=${file##*/} && echo \"${file%.yaml}\"; done ;;\n"
          "        @files | @folders) ;;\n"
          "        *) echo \"$word\" ;;\n"
          "        esac\n"
          "    done\n"
          "}\n"
          "\n"
          "_mujaz() {\n"
          "    local cur=${COMP_WORDS[COMP_CWORD]} option= values= takes= options= first= rest= workspace=. words=0 i word\n"
          "    COMPREPLY=()\n"
          "    # \"--out=x\" is three words: --out, = and x.\n"
          "    if [ \"$cur\" = = ]; then cur= option=${COMP_WORDS[COMP_CWORD-1]}\n"
          "    elif [ \"${COMP_WORDS[COMP_CWORD-1]}\" = = ]; then option=${COMP_WORDS[COMP_CWORD-2]}\n"
          "    else option=${COMP_WORDS[COMP_CWORD-1]}; fi\n"
          "    if [ \"$COMP_CWORD\" = 1 ]; then\n"
          "        COMPREPLY=($(compgen -W '", stdout);
    for EACH_COMMAND(c)
        printf("%s ", command_table((enum command)c)->name);
    fputs("--help --version' -- \"$cur\"))\n"
          "        return\n"
          "    fi\n"
          "    for ((i = 2; i < COMP_CWORD; i++)); do\n"
          "        case ${COMP_WORDS[i]} in\n"
          "        -C) workspace=${COMP_WORDS[i+1]} ;;\n"
          "        --workspace) [ \"${COMP_WORDS[i+1]}\" = = ] && workspace=${COMP_WORDS[i+2]} || workspace=${COMP_WORDS[i+1]} ;;\n"
          "        esac\n"
          "    done\n"
          "    case ${COMP_WORDS[1]} in\n", stdout);
    for EACH_COMMAND(c)
        put_bash_command((enum command)c);
    fputs("    *) return ;;\n"
          "    esac\n"
          "    if [ -n \"$takes\" ]; then\n"
          "        case $values in\n"
          "        @folders) COMPREPLY=($(compgen -d -- \"$cur\")) ;;\n"
          "        @files) COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n"
          "        *) COMPREPLY=($(compgen -W \"$(_mujaz_words \"$values\")\" -- \"$cur\")) ;;\n"
          "        esac\n"
          "        return\n"
          "    fi\n"
          "    case $cur in\n"
          "    -*)\n"
          "        COMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n"
          "        [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null\n"
          "        return ;;\n"
          "    esac\n"
          "    for ((i = 2; i < COMP_CWORD; i++)); do\n"
          "        word=${COMP_WORDS[i]}\n"
          "        case $word in\n"
          "        = | -*) ;;\n"
          "        *) [[ ${COMP_WORDS[i-1]} == = || ${COMP_WORDS[i-1]} == -? ]] || words=$((words + 1)) ;;\n"
          "        esac\n"
          "    done\n"
          "    if [ \"$words\" = 0 ]; then rest=$first; fi\n"
          "    COMPREPLY=($(compgen -W \"$(_mujaz_words \"$rest\")\" -- \"$cur\"))\n"
          "    [[ ${COMP_WORDS[1]} == check && \" ${COMP_WORDS[*]} \" == *' --pdf '* ]] && COMPREPLY=($(compgen -f -- \"$cur\"))\n"
          "    return 0\n"
          "}\n"
          "complete -F _mujaz mujaz\n", stdout);
}

/* --- zsh --- */

/* What _arguments calls for a word: our functions, or (a b c). */
static void put_zsh_action(const char *words)
{
    if (!words) {
        fputs("( )", stdout);
    } else if (strchr(words, '@')) {
        printf(strcmp(words, WORDS_FOLDERS) == 0 ? "_files -/" : strcmp(words, WORDS_FILES) == 0 ? "_files" : "_mujaz_words %s",
               words);
    } else {
        printf("(%s)", words);
    }
}

/* In a description these are special to _arguments. */
static void put_zsh_text(const char *text)
{
    for (const char *p = text; *p; p++) {
        if (strchr("[]:", *p))
            putchar('\\');
        *p == '\'' ? fputs("'\\''", stdout) : putchar(*p);
    }
}

static void put_zsh_command(enum command command)
{
    const struct command_entry *c = command_table(command);
    printf("    (%s)\n        _arguments -s", c->name);
    for (size_t i = 0; i < option_count(); i++) {
        const struct option_entry *o = entry_of(command, i);
        if (!o)
            continue;
        bool optional = o->value && *o->value == '[';
        const char *sign = o->value ? "=" : "";
        if (o->letter < OPTION_FORMAT)
            printf(" \\\n            '*'{-%c%s,--%s%s}'[", o->letter, o->value ? "+" : "", o->name, sign);
        else
            printf(" \\\n            '*--%s%s[", o->name, sign);
        put_zsh_text(o->meaning);
        putchar(']');
        if (o->value) {
            printf(optional ? "::%.*s:" : ":%.*s:", (int)strcspn(o->value + optional, "]"), o->value + optional);
            put_zsh_action(o->words);
        }
        putchar('\'');
    }
    if (c->first) {
        fputs(" \\\n            '1:word:", stdout);
        put_zsh_action(c->first);
        putchar('\'');
    }
    if (c->rest) {
        fputs(" \\\n            '*:word:", stdout);
        put_zsh_action(c->rest);
        putchar('\'');
    }
    puts(" ;;");
}

static void put_zsh(void)
{
    fputs("#compdef mujaz\n"
          "# Completion of mujaz for zsh. Made from the program's tables.\n"
          "_mujaz_words() {\n"
          "    local workspace=${(v)opt_args[-C]:-${opt_args[--workspace]:-.}} word\n"
          "    local -a found\n"
          "    for word in \"$@\"; do\n"
          "        case $word in\n"
          "        (@reports) found+=($workspace/reports/*/report.yaml(N:h:t)) ;;\n"
          "        (@datasets) found+=($workspace/datasets/*/datapackage.json(N:h:t)) ;;\n"
          "        (@layouts) found+=($workspace/layouts/*.yaml(N:t:r) @PREFIX@/share/mujaz/layouts/*.yaml(N:t:r)) ;;\n"
          "        (@*) ;;\n"
          "        (-*) ;;\n"
          "        (*) found+=($word) ;;\n"
          "        esac\n"
          "    done\n"
          "    compadd -- $found\n"
          "}\n"
          "\n"
          "_mujaz() {\n"
          "    local -A opt_args\n"
          "    local -a commands\n"
          "    if ((CURRENT == 2)); then\n"
          "        commands=(", stdout);
    for EACH_COMMAND(c) {
        printf("\n            '%s:", command_table((enum command)c)->name);
        put_quoted(command_table((enum command)c)->summary);
        putchar('\'');
    }
    fputs(")\n"
          "        _describe command commands\n"
          "        return\n"
          "    fi\n"
          "    shift words\n"
          "    ((CURRENT--))\n"
          "    case $words[1] in\n", stdout);
    for EACH_COMMAND(c)
        put_zsh_command((enum command)c);
    fputs("    esac\n"
          "}\n"
          "\n"
          "if [ \"$funcstack[1]\" = _mujaz ]; then _mujaz \"$@\"; else compdef _mujaz mujaz; fi\n", stdout);
}

/* --- fish --- */

static void put_fish_words(const char *words)
{
    if (!words || strcmp(words, WORDS_FILES) == 0)
        return;
    if (strcmp(words, WORDS_FOLDERS) == 0)
        fputs(" -a '(__fish_complete_directories)'", stdout);
    else if (strchr(words, '@'))
        printf(" -a '(__mujaz_words %s)'", words);
    else
        printf(" -a '%s'", words);
}

static void put_fish(void)
{
    fputs("# Completion of mujaz for fish. Made from the program's tables.\n"
          "function __mujaz_words\n"
          "    set -l words (commandline -opc)\n"
          "    set -l workspace .\n"
          "    for i in (seq (count $words))\n"
          "        switch $words[$i]\n"
          "            case -C --workspace\n"
          "                set -q words[(math $i + 1)]; and set workspace $words[(math $i + 1)]\n"
          "            case '--workspace=*'\n"
          "                set workspace (string replace -- --workspace= '' $words[$i])\n"
          "        end\n"
          "    end\n"
          "    for word in $argv\n"
          "        switch $word\n"
          "            case @reports\n"
          "                for file in $workspace/reports/*/report.yaml\n"
          "                    basename (dirname $file)\n"
          "                end\n"
          "            case @datasets\n"
          "                for file in $workspace/datasets/*/datapackage.json\n"
          "                    basename (dirname $file)\n"
          "                end\n"
          "            case @layouts\n"
          "                for file in $workspace/layouts/*.yaml @PREFIX@/share/mujaz/layouts/*.yaml\n"
          "                    basename $file .yaml\n"
          "                end\n"
          "            case '*'\n"
          "                echo $word\n"
          "        end\n"
          "    end\n"
          "end\n"
          "complete -c mujaz -f\n", stdout);
    for EACH_COMMAND(c) {
        const struct command_entry *entry = command_table((enum command)c);
        printf("complete -c mujaz -n __fish_use_subcommand -a %s -d '", entry->name);
        put_quoted(entry->summary);
        puts("'");
        for (size_t i = 0; i < option_count(); i++) {
            const struct option_entry *o = entry_of((enum command)c, i);
            if (!o)
                continue;
            printf("complete -c mujaz -n '__fish_seen_subcommand_from %s' -l %s", entry->name, o->name);
            if (o->letter < OPTION_FORMAT)
                printf(" -s %c", o->letter);
            if (o->value && *o->value != '[')
                fputs(o->words && strcmp(o->words, WORDS_FILES) == 0 ? " -r -F" : " -x", stdout);
            put_fish_words(o->words);
            fputs(" -d '", stdout);
            put_quoted(o->meaning);
            puts("'");
        }
        if (entry->first || entry->rest) {
            printf("complete -c mujaz -n '__fish_seen_subcommand_from %s'", entry->name);
            fputs(" -a '(__mujaz_words", stdout);
            if (entry->first)
                printf(" %s", entry->first);
            if (entry->rest && (!entry->first || strcmp(entry->first, entry->rest) != 0))
                printf(" %s", entry->rest);
            puts(")'");
        }
    }
    fputs("complete -c mujaz -n '__fish_seen_subcommand_from check; and contains -- --pdf (commandline -opc)' -F\n", stdout);
}

bool put_completion(const char *shell)
{
    if (strcmp(shell, "bash") == 0)
        put_bash();
    else if (strcmp(shell, "zsh") == 0)
        put_zsh();
    else if (strcmp(shell, "fish") == 0)
        put_fish();
    else
        return false;
    return true;
}
