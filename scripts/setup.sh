#!/usr/bin/env bash
# Installs the Debian packages that are missing. Usage: setup.sh [build] [test] [faults] [bench] [deb]
#
# Where installing is not allowed (neither root nor sudo, or MUJAZ_NO_INSTALL is set) it names what is
# missing and stops with exit code 1.
set -euo pipefail

build=(gcc libc6-dev make pkg-config
       libhpdf-dev libcairo2-dev libpango1.0-dev libharfbuzz-dev libfontconfig-dev libfribidi-dev
       libsqlite3-dev libicu-dev libyaml-dev libcmark-gfm-dev libcmark-gfm-extensions-dev
       nettle-dev libxxhash-dev uthash-dev zlib1g-dev libdeflate-dev libjpeg-dev liblcms2-dev libhyphen-dev
       hyphen-en-us libseccomp-dev libcurl4-openssl-dev libmicrohttpd-dev
       fonts-noto-core fonts-hosny-amiri)
test=(libcmocka-dev libcsv-dev poppler-utils qpdf mupdf-tools libxml2-utils
      python3-jsonschema python3-yaml mandoc zsh fish # schemas, manual pages, completions
      libgs-common # the ICC profile of a press
      fonts-dejavu-core fonts-sil-scheherazade fonts-kacst-one fonts-cantarell # other families
      python3 python3-aiosmtpd openssl) # a mail server
deb=(debhelper dpkg-dev lintian debootstrap)
faults=(strace python3)
bench=(libcsv-dev sqlite3 miller python3-pandas # what bench-data.sh compares with
       poppler-utils qpdf)                      # what bench-peers.sh counts pages and content with

# The packages of "$@" that are not installed, one a line.
not_installed() {
    dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null |
        awk -v wanted="$*" '$2 == "installed" { have[$1] = 1 }
             END { n = split(wanted, want, " ")
                   for (i = 1; i <= n; i++) if (!(want[i] in have)) print want[i] }'
}

wanted=()
for list in "$@"; do
    case $list in
    build) wanted+=("${build[@]}") ;;
    test) wanted+=("${test[@]}") ;;
    deb) wanted+=("${deb[@]}") ;;
    faults) wanted+=("${faults[@]}") ;;
    bench) wanted+=("${bench[@]}") ;;
    *) echo "usage: $0 [build] [test] [bench]" >&2; exit 2 ;;
    esac
done
mapfile -t missing < <(not_installed "${wanted[@]}")
[ "${#missing[@]}" = 0 ] && exit 0

refuse() {
    echo "mujaz: $1; these Debian packages are missing:" >&2
    printf '    %s\n' "${missing[@]}" >&2
    echo "mujaz: install them with: apt-get install ${missing[*]}" >&2
    exit 1
}

[ -n "${MUJAZ_NO_INSTALL:-}" ] && refuse "installing is switched off by MUJAZ_NO_INSTALL"
command -v apt-get >/dev/null || refuse "there is no apt-get here"
as_root=()
if [ "$(id -u)" != 0 ]; then
    as_root=(sudo)
    [ -t 0 ] || as_root=(sudo -n) # nobody there to type a password
    command -v sudo >/dev/null && "${as_root[@]}" true || refuse "installing needs root or sudo"
fi

apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 apt-get -qq -y "$@"
}

echo "mujaz: installing ${missing[*]}"
apt install --no-install-recommends "${missing[@]}" >/dev/null 2>&1 || {
    apt update || refuse "the package lists cannot be updated"
    apt install --no-install-recommends "${missing[@]}" >/dev/null || refuse "apt-get failed"
}
mapfile -t missing < <(not_installed "${missing[@]}")
[ "${#missing[@]}" = 0 ] || refuse "apt-get did not install everything"
