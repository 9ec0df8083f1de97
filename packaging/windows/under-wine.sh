# shellcheck shell=bash
# SPDX-License-Identifier: MIT
# For the scripts of the proof: a Windows of its own below $proof, with a screen of its own, and words to say things
# to it. Whoever starts it ends it; the others find it in the environment.

say() { printf '\033[1m== %s\033[0m\n' "$*" >&2; }
die() {
    printf 'prove: %s\n' "$*" >&2
    exit 1
}

wine() { timeout "${WINE_LIMIT:-120}" "$wine_program" "$@"; }
wait_for_wine() { timeout 30 "$wine_server" -w || true; }
windows_path() { printf 'Z:%s' "${1//\//\\}"; }

# wait_until WHAT COMMAND...: for at most 40 s
wait_until() {
    local what=$1 turn
    shift
    for ((turn = 0; turn < 400; turn++)); do
        "$@" && return
        sleep 0.1
    done
    die "waited in vain until $what"
}

wine_program=/usr/lib/wine/wine64
wine_server=/usr/lib/wine/wineserver64
[ -x "$wine_server" ] || wine_server=/usr/lib/wine/wineserver
user=$(id -un)
: "${proof:?}"
drive_c=$proof/wine/drive_c

start_wine() {
    say "a fresh Windows (Wine) in $proof"
    # Its menus and file types must not reach the desktop of whoever runs this; it needs neither .NET nor a browser.
    export WINEPREFIX=$proof/wine WINEARCH=win64 WINEDEBUG=-all WINESERVER=$wine_server
    export WINEDLLOVERRIDES='winemenubuilder.exe,mscoree,mshtml=' XDG_RUNTIME_DIR=$proof
    export LC_ALL=C.UTF-8
    unset LAVASCOPE_DATA_DIR
    local number=$proof/display
    rm -f "$number"
    Xvfb -displayfd 9 -screen 0 1360x860x24 -nolisten tcp 9>"$number" >/dev/null 2>&1 &
    screen=$!
    trap 'timeout 20 "$wine_server" -k || true; kill "$screen" 2>/dev/null || true' EXIT
    wait_until "there is a screen" test -s "$number"
    DISPLAY=:$(cat "$number")
    export DISPLAY
    wine wineboot -i >"$proof/wineboot.log" 2>&1 || die "Wine does not start: $(cat "$proof/wineboot.log")"
    # Desktop and the like are links into the home of whoever runs this: nothing may be written there, and nothing_left
    # would not see it.
    local link
    while IFS= read -r link; do
        rm "$link"
        mkdir "$link"
    done < <(find "$drive_c/users/$user" -maxdepth 1 -type l)
    wine winecfg /v win10 # by itself Wine says that it is Windows 7
    wait_for_wine
}

# remember_state NAME: every file, and the registry, for nothing_left
remember_state() {
    wait_for_wine
    (cd "$drive_c" && find . -path ./users/"$user"/Temp -prune -o -print | sort) >"$proof/$1.files"
    local root
    for root in HKCU HKLM; do
        wine reg export "$root" "$(windows_path "$proof/$1.$root")" /y >/dev/null
        iconv -f utf-16 -t utf-8 "$proof/$1.$root" | tr -d '\r'
    done >"$proof/$1.registry"
}

# nothing_left BEFORE AFTER. Folders and keys that every Windows has, and only a fresh Wine lacks, don't count.
nothing_left() {
    local left
    left=$(comm -13 "$proof/$1.files" "$proof/$2.files" | grep -vxE '\./users/[^/]+/AppData/Local/Programs|\./windows/Installer' || true)
    [ -z "$left" ] || die "files left behind: $left"
    left=$(diff "$proof/$1.registry" "$proof/$2.registry" | sed -n 's/^> //p' | grep -i lavascope || true)
    [ -z "$left" ] || die "left behind in the registry: $left"
}

window_id() { xdotool search --onlyvisible --name 'Lavascope' 2>/dev/null | head -n 1; }
window_is_there() { [ -n "$(window_id)" ]; }
window_is_gone() { ! window_is_there; }

# start_window PROGRAM [WORD...]. With Qt's own drawing of letters: with that of Wine, fields for one line look empty.
start_window() {
    "$wine_program" "$@" -platform windows:fontengine=freetype >/dev/null 2>&1 &
    disown
    wait_until "the window of $1 is there" window_is_there
}
stop_window() {
    wine taskkill /f /im lavascope.exe >/dev/null 2>&1 || true
    wait_until "the window is gone" window_is_gone
}

# screenshot FILE.png: once the window has painted itself, which is when two looks are alike and not of one colour
screenshot() {
    local look='' last turn
    for ((turn = 0; turn < 40; turn++)); do
        last=$look
        import -window root "$1"
        look=$(sha256sum "$1")
        [ "$look" = "$last" ] && [ "$(identify -format %k "$1")" -gt 50 ] && return
        sleep 0.5
    done
    die "the window shows nothing; see $1"
}
