# What deploy/install and deploy/upgrade share. They set -euo pipefail and HERE, the checkout that they stand in, and read this.
# shellcheck shell=bash disable=SC2034

USER_NAME=greensheets
SRV=/srv/greensheets
STATE=/var/lib/greensheets
BACKUPS=/var/backups/greensheets
ENV_FILE=/etc/greensheets.env
CONF=/etc/greensheets
NGINX=/etc/nginx/greensheets
UNITS=/etc/systemd/system
DRY=${DRY:-}
WHEELS=${WHEELS:-}

say() { printf '%s\n' "$*"; }
step() { printf '\n== %s\n' "$*"; }
stop() { printf '\nStopped: %s\n' "$*" >&2; exit 1; }

# What changes the machine goes through run or put, which only say it under --dry-run.
run() {
    if [ -n "$DRY" ]; then say "  would run: $*"; else "$@"; fi
}

put() { # put FILE MODE <TEXT: says so and writes only if that changes the file
    local file=$1 mode=$2 new
    new=$(mktemp)
    cat >"$new"
    if cmp -s "$new" "$file"; then
        :
    elif [ -n "$DRY" ]; then
        say "  would write $file (mode $mode)"
    else
        say "  writing $file"
        mkdir -p "$(dirname "$file")"
        install -m "$mode" "$new" "$file.new"
        mv "$file.new" "$file"
    fi
    rm "$new"
}

quietly() { # what it says is shown only if it fails
    local said
    if [ -n "$DRY" ]; then run "$@"; return; fi
    said=$("$@" 2>&1 </dev/null) || { printf '%s\n' "$said"; return 1; }
}

must_be_root() { [ -n "$DRY" ] || [ "$(id -u)" = 0 ] || stop "this changes the system: run it as root, with sudo."; }

one_at_a_time() {
    [ -n "$DRY" ] && return
    exec 9>/run/greensheets-deploy.lock
    flock -n 9 || stop "another install or upgrade is running."
}

remembered() { sed -n "s/^$1=//p" "$CONF/install.conf" 2>/dev/null || true; }

manage() { # manage RELEASE COMMAND...: as the site's user, with its settings
    local release=$1
    shift
    GREENSHEETS_RELEASE=$release run "$release/deploy/greensheets" "$@"
}

knows() { GREENSHEETS_RELEASE=$1 "$1/deploy/greensheets" help "$2" >/dev/null 2>&1; } # whether a release has this command

# --- Releases: /srv/greensheets/releases/VERSION-DIGEST, each with the virtual environment that belongs to it

NOT_PACKED=(./.git ./.venv ./var ./.env ./.complete __pycache__ .pytest_cache .mypy_cache .ruff_cache .hypothesis node_modules)

pack() { # pack SOURCE TARBALL: a tag or commit of this checkout, a folder, or a tarball
    local source=$1 out=$2
    if [ -d "$source" ]; then
        tar -C "$source" "${NOT_PACKED[@]/#/--exclude=}" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf "$out" .
    elif [ -f "$source" ]; then
        local folder
        folder=$(mktemp -d)
        tar -C "$folder" -xf "$source"
        # A tarball may hold everything in one folder, as those of code hosts do.
        if [ -e "$folder/manage.py" ]; then pack "$folder" "$out"; else pack "$(dirname "$folder"/*/manage.py)" "$out"; fi
        rm -r "$folder"
    else
        git -c safe.directory='*' -C "$HERE" archive --format=tar --output="$out" "$source" 2>/dev/null ||
            stop "$source is no folder, no tarball, and no tag or commit of $HERE."
    fi
}

build_release() { # build_release SOURCE: sets RELEASE to the folder of a complete release
    local packed new version digest
    packed=$(mktemp /tmp/greensheets-release.XXXXXX)
    pack "$1" "$packed"
    tar -xOf "$packed" --wildcards pyproject.toml ./pyproject.toml >"$packed.toml" 2>/dev/null || true
    version=$(sed -n 's/^version *= *"\([^"]*\)".*/\1/p' "$packed.toml" | head -n 1)
    digest=$(sha256sum "$packed" | cut -c1-10)
    rm "$packed.toml"
    [ -n "$version" ] || { rm "$packed"; stop "$1 is not Greensheets: it has no pyproject.toml with a version."; }
    RELEASE=$SRV/releases/$version-$digest
    if [ -e "$RELEASE/.complete" ]; then
        say "  $RELEASE is built already"
        rm "$packed"
        return
    fi
    if [ -n "$DRY" ]; then say "  would build $RELEASE"; rm "$packed"; return; fi
    say "  building $RELEASE"
    rm -rf "$RELEASE"
    new=$(umask 022; mkdir -p "$RELEASE" && echo "$RELEASE")
    (umask 022; tar -C "$new" -xf "$packed" --no-same-owner && chmod -R go-w,a+rX "$new" && install_packages "$new") ||
        stop "the release could not be built; the lines above say why. Nothing else was changed."
    rm "$packed"
    touch "$new/.complete"
}

install_packages() { # the virtual environment of a release, from its lock file
    local lock=$1/requirements-extras.txt # with what a mail service or object storage need: a setting alone then takes them up
    local options=(--quiet --disable-pip-version-check --no-input --require-hashes)
    [ -z "$WHEELS" ] || options+=(--no-index --find-links "$WHEELS")
    python3 -m venv "$1/.venv" &&
        "$1/.venv/bin/python" -m pip install "${options[@]}" -r "$lock" &&
        "$1/.venv/bin/python" -m compileall -q -x '/\.venv/' "$1"
}

# --- Files of the system, which belong to a release and go back with it

nginx_site() { # nginx_site RELEASE HOST CERTIFICATE KEY: the configuration, for the version of nginx that is here
    local text listen version
    text=$(cat "$1/deploy/nginx/greensheets.conf")
    version=$(nginx -v 2>&1 | sed 's/[^0-9.]//g' || true)
    listen=$'listen 443 ssl http2;\n    listen [::]:443 ssl http2;'
    if [ "$(printf '%s\n' 1.25.1 "${version:-0}" | sort -V | head -n 1)" = 1.25.1 ]; then
        listen=$'listen 443 ssl;\n    listen [::]:443 ssl;\n    http2 on;'
    fi
    text=${text//@LISTEN@/$listen}
    text=${text//@HOST@/$2}
    text=${text//@CERTIFICATE@/$3}
    printf '%s\n' "${text//@KEY@/$4}"
}

install_files() { # install_files RELEASE: units, nginx and the command `greensheets`
    local deploy=$1/deploy page
    put "$UNITS/greensheets-web@.service" 644 <"$deploy/systemd/greensheets-web@.service"
    put "$UNITS/greensheets-worker.service" 644 <"$deploy/systemd/greensheets-worker.service"
    if [ "$(systemctl --version 2>/dev/null | sed -n '1s/[^0-9]*\([0-9]*\).*/\1/p')" -ge 254 ] 2>/dev/null; then
        put "$UNITS/greensheets-web@.service.d/back-off.conf" 644 <"$deploy/systemd/back-off.conf"
        put "$UNITS/greensheets-worker.service.d/back-off.conf" 644 <"$deploy/systemd/back-off.conf"
    fi
    put /usr/local/sbin/greensheets 755 <"$deploy/greensheets"
    put "$NGINX/proxy.conf" 644 <"$deploy/nginx/proxy.conf"
    [ -e "$NGINX/upstream.conf" ] || put "$NGINX/upstream.conf" 644 <"$deploy/nginx/upstream.conf"
    for page in greensheets-maintenance.html greensheets-too-large.html greensheets-too-many.html; do
        put "/var/www/greensheets/$page" 644 <"$deploy/nginx/pages/$page"
    done
    nginx_site "$1" "$(remembered HOST)" "$(remembered CERTIFICATE)" "$(remembered KEY)" |
        put /etc/nginx/sites-available/greensheets 644
    [ -L /etc/nginx/sites-enabled/greensheets ] ||
        run ln -s ../sites-available/greensheets /etc/nginx/sites-enabled/greensheets
    run systemctl daemon-reload
}

reload_nginx() {
    [ -n "$DRY" ] || nginx -t -q || { say "  nginx refuses its configuration; the lines above say why"; return 1; }
    run systemctl reload-or-restart nginx
}

# --- Processes

answers() { # answers PORT PATH: the status that a web process gives, asked as nginx asks
    curl --silent --output /dev/null --max-time 20 --write-out '%{http_code}' \
        --header "Host: $(remembered HOST)" --header 'X-Forwarded-Proto: https' --header 'X-Forwarded-For: 127.0.0.1' \
        "http://127.0.0.1:$1$2" || true
}

wait_for() { # wait_for SECONDS PORT PATH: until it is answered with 200
    local left=$1
    until [ "$(answers "$2" "$3")" = 200 ]; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || return 1
        sleep 1
    done
}

without() { # without PORT: the halves of the web, with this one asked only when the other is not there; "none" is both alike
    sed "/:$1 /s/;\$/ backup;/" "$SRV/current/deploy/nginx/upstream.conf"
}

send_visitors() { # send_visitors PORT: leave this port out
    local before
    before=$(nginx_processes)
    without "$1" | put "$NGINX/upstream.conf" 644
    reload_nginx || return 1
    wait_until_retired "$before"
}

nginx_processes() {
    local main
    main=$(cat /run/nginx.pid 2>/dev/null) || return 0
    cat "/proc/$main/task/$main/children" 2>/dev/null || true
}

wait_until_retired() { # the old processes of nginx send visitors where they used to, until they stop taking any
    local pid left=300
    [ -n "$1" ] || sleep 2 # not every kernel lists them
    for pid in $1; do
        while [ "$left" -gt 0 ] && [ -e "/proc/$pid/cmdline" ] && ! grep -q 'shutting down' "/proc/$pid/cmdline" 2>/dev/null &&
            grep -q nginx "/proc/$pid/cmdline" 2>/dev/null; do
            left=$((left - 1))
            sleep 0.1
        done
    done
}

restart_web() { # restart_web NUMBER: with no visitor sent to it, until it answers
    send_visitors "800$1" && systemctl restart "greensheets-web@$1" && wait_for 60 "800$1" / && return
    say "  the web processes do not answer; journalctl -u greensheets-web@$1 says why"
    return 1
}

roll_web() { # in turn; visitors see the second half until the first, with the new code, has answered
    restart_web 1 && restart_web 2 && send_visitors none
}
