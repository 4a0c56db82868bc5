#!/usr/bin/env bash
# CSV and SQL: what reading a dataset, checking every cell and three queries cost, beside a bare libcsv parse of
# the same file (the floor) and beside other programs that do the same queries and check less.
#
# Usage: [LARGE=1] [ROWS="100000 1000000"] bench-data.sh      (LARGE adds 1e7 rows, 1.1 GB)
#
# Every program runs three times, all of them in turn, so that a busy minute of the machine hits them alike. The
# best counts; of memory the most. CPU is user and system time of all threads. The file is in the page cache.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8

build=$(realpath "${BUILD:-build}")
mujaz=$build/mujaz
read -ra sizes <<<"${ROWS:-100000 1000000${LARGE:+ 10000000}}"
all_three="mujaz: read, check, three queries"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
results=$work/results # rows, program, CPU, wall, KiB; a line each, parted by tabs
touch "$results" "$work/left-out"

# --- the queries ------------------------------------------------------------------------------------------------
count_by_month_and_actor="
SELECT substr(date, 1, 7) AS month, actor, count(*) AS attacks
FROM attacks
GROUP BY 1, 2
ORDER BY 1, 2"

victims_by_governorate="
SELECT governorate, sum(killed) AS killed, sum(wounded) AS wounded
FROM attacks
WHERE weapon IN ('IED', 'SVEST', 'VBIED') AND date BETWEEN '2016-01-01' AND '2018-12-31'
GROUP BY governorate
ORDER BY governorate"

top_ten_actors="
SELECT label_en, label_ar, attacks, round(100.0 * attacks / total, 1) AS share
FROM (SELECT actor, count(*) AS attacks, sum(count(*)) OVER () AS total
      FROM attacks
      GROUP BY actor
      ORDER BY attacks DESC, actor
      LIMIT 10) AS top
JOIN actor_labels ON actor_labels.actor = top.actor
ORDER BY attacks DESC, top.actor"

queries=("$count_by_month_and_actor" "$victims_by_governorate" "$top_ten_actors")

# --- measuring --------------------------------------------------------------------------------------------------
# measure PROGRAM COMMAND...: a line of results; what the command prints is in $work/out and $work/err.
measure() {
    local program=$1
    shift
    "$build/bench/measure" "$work/used" "$@" >"$work/out" 2>"$work/err" || return 1
    printf '%s\t%s\t%s\n' "$rows" "$program" "$(tr ' ' '\t' <"$work/used")" >>"$results"
}

stop() {
    echo "bench-data: $1 failed:" >&2
    cat "$work/err" "$work/out" >&2
    exit 1
}

# A program to compare with that fails is left out from then on, with its reason.
measure_peer() {
    grep -qxF "$1" "$work/left-out" && return
    measure "$@" && return
    echo "$1" >>"$work/left-out"
    echo "left out: $1: $(grep -v '^ ' "$work/err" | tail -1)"
}

# --- mujaz --------------------------------------------------------------------------------------------------------
# A date column has its month beside it, which is grouped by without a sort; DuckDB's strftime is as much its own way.
ask_mujaz=("$mujaz" query -C "$work" --format csv)
mujaz_queries=("${queries[@]/substr(date, 1, 7)/date_month}")
export XDG_CACHE_HOME=$work/cache

# mujaz_query PROGRAM SQL...: one process for all statements.
mujaz_query() {
    local program=$1
    shift
    measure "$program" "${ask_mujaz[@]}" "$@" || stop "$program"
}

run_mujaz() {
    : >"$work/answers"
    for i in 1 2 3; do
        mujaz_query "mujaz: query $i alone" --no-cache attacks "${mujaz_queries[i - 1]}"
        plain <"$work/out" >>"$work/answers"
    done
    mujaz_query "$all_three" --no-cache attacks "${mujaz_queries[@]}"
    mujaz_query "mujaz: the same, from its cache" attacks "${mujaz_queries[@]}"
}

# An answer as numbers and text only: quotes, the ends of lines and zeros behind a point are a matter of taste.
plain() {
    tr -d '\r"' | sed -E 's/\.0(,|$)/\1/g'
}

# compare_answers PROGRAM: mujaz answers as this program just did, or the figures are worth nothing.
compare_answers() {
    grep -qxF "$1" "$work/left-out" && return
    plain <"$work/out" | diff "$work/answers" - >"$work/err" && return
    echo "bench-data: the answers of mujaz (<) and $1 (>) differ:" >&2
    head -20 "$work/err" >&2
    exit 1
}

# --- the others ---------------------------------------------------------------------------------------------------
run_sqlite() {
    cat >"$work/sqlite.sql" <<SQL
.mode csv
CREATE TABLE attacks(id INTEGER PRIMARY KEY, date TEXT, governorate TEXT, actor TEXT, target_type TEXT, weapon TEXT,
                     killed INTEGER, wounded INTEGER, lat REAL, lon REAL, note TEXT);
CREATE TABLE actor_labels(actor TEXT PRIMARY KEY, label_en TEXT, label_ar TEXT);
.import --skip 1 '$set/attacks.csv' attacks
.import --skip 1 '$set/actor-labels.csv' actor_labels
.headers on
$(printf '%s;\n' "${queries[@]}")
SQL
    local program="sqlite3: import, three queries"
    measure_peer "$program" sqlite3 -batch :memory: <"$work/sqlite.sql"
    compare_answers "$program"
}

run_miller() {
    local one two three
    one="mlr --icsv --ocsv cut -f date,actor then put '\$month = \$date[1:7]' then count -g month,actor -o attacks"
    one+=" then sort -f month,actor '$set/attacks.csv'"
    two="mlr --icsv --ocsv filter '(\$weapon == \"IED\" || \$weapon == \"SVEST\" || \$weapon == \"VBIED\")"
    two+=" && \$date >= \"2016-01-01\" && \$date <= \"2018-12-31\"'"
    two+=" then stats1 -a sum -f killed,wounded -g governorate then sort -f governorate '$set/attacks.csv'"
    three="mlr --icsv --ocsv count -g actor -o attacks then fraction -f attacks -p then sort -nr attacks -f actor"
    three+=" then head -n 10 then join -j actor -f '$set/actor-labels.csv' '$set/attacks.csv'"
    measure_peer "Miller: query 1 alone" sh -ec "$one"
    measure_peer "Miller: three scans" sh -ec "$one; $two; $three"
}

run_pandas() {
    cat >"$work/with_pandas.py" <<'PYTHON'
import sys
import pandas

texts = dict.fromkeys(["governorate", "actor", "target_type", "weapon"], "category")
attacks = pandas.read_csv(sys.argv[1] + "/attacks.csv", dtype=texts)
labels = pandas.read_csv(sys.argv[1] + "/actor-labels.csv")

months = attacks["date"].str[:7]
print(attacks.groupby([months, "actor"], observed=True).size().to_csv())
some = attacks[attacks["weapon"].isin(["IED", "SVEST", "VBIED"]) & attacks["date"].between("2016-01-01", "2018-12-31")]
print(some.groupby("governorate", observed=True)[["killed", "wounded"]].sum().to_csv())
top = attacks.groupby("actor", observed=True).size().rename("attacks").reset_index()
top["actor"] = top["actor"].astype(str)
top["share"] = (100 * top["attacks"] / top["attacks"].sum()).round(1)
top = top.sort_values(["attacks", "actor"], ascending=[False, True]).head(10)
print(top.merge(labels, on="actor").to_csv())
PYTHON
    measure_peer "pandas: read, three queries" "$pandas_python" "$work/with_pandas.py" "$set"
}

# One thread, since CPU is compared; a DATE has no substr.
run_duckdb() {
    cat >"$work/with_duckdb.py" <<'PYTHON'
import sys
import duckdb

columns = ("{'id': 'BIGINT', 'date': 'DATE', 'governorate': 'VARCHAR', 'actor': 'VARCHAR', 'target_type': 'VARCHAR',"
           " 'weapon': 'VARCHAR', 'killed': 'BIGINT', 'wounded': 'BIGINT', 'lat': 'DOUBLE', 'lon': 'DOUBLE',"
           " 'note': 'VARCHAR'}")
database = duckdb.connect()
database.execute("SET threads TO 1")
kind = sys.argv[2]
database.execute(f"CREATE {kind} attacks AS SELECT * FROM read_csv('{sys.argv[1]}/attacks.csv', header = true,"
                 f" delim = ',', quote = '\"', escape = '\"', columns = {columns})")
database.execute(f"CREATE TABLE actor_labels AS SELECT * FROM read_csv('{sys.argv[1]}/actor-labels.csv')")
for query in sys.argv[3:]:
    for row in database.execute(query.replace("substr(date, 1, 7)", "strftime(date, '%Y-%m')")).fetchall():
        print(row)
PYTHON
    measure_peer "DuckDB: three scans" "$duckdb_python" "$work/with_duckdb.py" "$set" VIEW "${queries[@]}"
    measure_peer "DuckDB: import, three queries" "$duckdb_python" "$work/with_duckdb.py" "$set" TABLE "${queries[@]}"
}

# The Python that has a module, "" when none does.
python_with() {
    local python
    for python in python3 /usr/bin/python3; do
        "$python" -c "import $1" 2>/dev/null && echo "$python" && return
    done
    echo
}

# Sets the list of what is there to compare with, and says what is not.
find_peers() {
    peers=()
    pandas_python=$(python_with pandas)
    duckdb_python=$(python_with duckdb)
    command -v sqlite3 >/dev/null && peers+=(sqlite) || echo "left out: sqlite3 is not installed"
    [ -n "$duckdb_python" ] && peers+=(duckdb) || echo "left out: DuckDB is not installed (as a Python module)"
    [ -n "$pandas_python" ] && peers+=(pandas) || echo "left out: pandas is not installed"
    command -v mlr >/dev/null && peers+=(miller) || echo "left out: Miller is not installed"
}

versions() {
    for peer in "${peers[@]}"; do
        case $peer in
        sqlite) echo "sqlite3 $(sqlite3 --version | cut -d' ' -f1)" ;;
        duckdb) echo "DuckDB $("$duckdb_python" -c 'import duckdb; print(duckdb.__version__)')" ;;
        pandas) echo "pandas $("$pandas_python" -c 'import pandas; print(pandas.__version__)')" ;;
        miller) mlr --version | sed 's/^mlr/Miller/' ;;
        esac
    done | paste -sd, | sed 's/,/, /g'
}

# --- the tables -----------------------------------------------------------------------------------------------------
# best ROWS: per program, in the order of its first run: name, CPU, wall, KiB, parted by tabs.
best() {
    awk -F '\t' -v rows="$1" '
        $1 != rows { next }
        !($2 in cpu) { order[++n] = $2; cpu[$2] = $3; wall[$2] = $4 }
        { if ($3 < cpu[$2]) cpu[$2] = $3; if ($4 < wall[$2]) wall[$2] = $4; if ($5 > kib[$2]) kib[$2] = $5 }
        END { for (i = 1; i <= n; i++) printf "%s\t%s\t%s\t%s\n", order[i], cpu[order[i]], wall[order[i]], kib[order[i]] }
    ' "$results"
}

print_table() {
    best "$rows" | awk -F '\t' -v rows="$rows" -v bytes="$bytes" '
        NR == 1 {
            floor = $2
            printf "\n%d rows, %.1f MB\n", rows, bytes / 1e6
            printf "%-36s %8s %8s %9s %9s %9s\n", "", "CPU s", "wall s", "x floor", "memory MB", "x file"
        }
        { printf "%-36s %8.3f %8.3f %9.2f %9.1f %9.2f\n", $1, $2, $3, $2 / floor, $4 * 1024 / 1e6, $4 * 1024 / bytes }'
}

# What mujaz says of its own time, in a run of its own.
print_timing() {
    "${ask_mujaz[@]}" --no-cache --timing attacks "${mujaz_queries[@]}" >"$work/out" 2>"$work/err" || return 0
    cat "$work/err" "$work/out" | grep '^timing: ' | sed 's/^timing: /  /' >"$work/timing" || return 0
    echo "where the time of one such run goes:"
    cat "$work/timing"
}

print_growth() {
    local program=$1
    echo
    echo "growth: $program"
    for rows in "${sizes[@]}"; do
        best "$rows" | awk -F '\t' -v rows="$rows" -v program="$program" '
            NR == 1 { floor = $2 }
            $1 == program { printf "%d\t%s\t%s\t%s\n", rows, $2, $2 / floor, $4 }'
    done | awk -F '\t' '
        { printf "%10d rows %9.3f s %8.2f us a row %8.2f x floor %9.1f MB", $1, $2, $2 / $1 * 1e6, $3, $4 * 1024 / 1e6
          if (NR > 1) printf "   rows x%.0f: CPU x%.1f, memory x%.1f", $1 / last_rows, $2 / last_cpu, $4 / last_kib
          print ""; last_rows = $1; last_cpu = $2; last_kib = $4 }'
}

# --- the run --------------------------------------------------------------------------------------------------------
find_peers
[ "${#peers[@]}" = 0 ] || echo "beside: $(versions)"
set=$work/datasets/attacks
for rows in "${sizes[@]}"; do
    "$build/bench/generate_attacks" "$rows" "$work"
    bytes=$(stat -c %s "$set/attacks.csv")
    for _ in 1 2 3; do
        measure "libcsv, empty callbacks: the floor" "$build/bench/csv_floor" "$set/attacks.csv" || stop csv_floor
        run_mujaz
        for peer in "${peers[@]}"; do
            "run_$peer"
        done
    done
    print_table
    print_timing
done
print_growth "$all_three"
