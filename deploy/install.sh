#!/bin/sh
# Installs, upgrades and removes EdgeAgent on a machine with systemd, without a package manager.
#
#   install.sh install [--from DIR] [--config FILE]   program, service and user; the service starts when there is a configuration
#   install.sh upgrade [--from DIR]                   a new program; configuration and data stay; the old program comes back when the new one is not well
#   install.sh remove                                 program and service; configuration and data stay
#   install.sh purge                                  everything, data too
#
#   --from DIR      the published program; by default ../program beside this script, where the offline bundle has it
#   --config FILE   becomes /etc/edgeagent/edgeagent.json, unless there is one already
#   --root DIR      a directory in the place of /; makes no user, and calls systemctl only when SYSTEMCTL names one
#   --within N      seconds in which the program must be well after an upgrade (30)
set -eu

usage() { sed -n '2,13s/^# \{0,1\}//p' "$0" >&2; exit 2; }
say() { echo "install.sh: $*"; }
fail() { echo "install.sh: $*" >&2; exit 1; }

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
verb=${1:-}; [ -n "$verb" ] || usage; shift
from=$here/../program; config=; root=; within=30
while [ $# -gt 0 ]; do
  case $1 in
    --from) from=${2:?}; shift 2 ;;
    --config) config=${2:?}; shift 2 ;;
    --root) root=${2:?}; shift 2 ;;
    --within) within=${2:?}; shift 2 ;;
    *) usage ;;
  esac
done

program=$root/opt/edgeagent
previous=$root/opt/edgeagent.previous
etc=$root/etc/edgeagent
data=$root/var/lib/edgeagent
unit=$root/etc/systemd/system/edgeagent.service
link=$root/usr/local/bin/edgeagent
configured=$etc/edgeagent.json

if [ -z "$root" ]; then
  [ "$(id -u)" = 0 ] || fail "run it as root"
  command -v systemctl >/dev/null || fail "there is no systemd here; run the program by your own means, or give --root"
fi
# In a root of its own, the real service manager must not hear of it.
systemctl_() { if [ -z "$root" ]; then systemctl "$@"; elif [ -n "${SYSTEMCTL:-}" ]; then "$SYSTEMCTL" "$@"; fi; }
has_service_manager() { [ -z "$root" ] || [ -n "${SYSTEMCTL:-}" ]; }

check_source() {
  [ -x "$from/edgeagent" ] || fail "$from holds no published program (no executable 'edgeagent'); see README.md on publishing"
  "$from/edgeagent" --version >/dev/null 2>&1 || fail "$from/edgeagent does not run on this machine: another processor, or no .NET runtime and the program was not published self-contained"
}

make_user() {
  [ -z "$root" ] || return 0
  getent group dialout >/dev/null || groupadd --system dialout
  getent passwd edgeagent >/dev/null || useradd --system --user-group --home-dir /var/lib/edgeagent --shell /usr/sbin/nologin edgeagent
  chown root:edgeagent "$etc"; chown edgeagent:edgeagent "$data"
}

put_program() { # into $1, whole or not at all
  rm -rf "$1.new"; mkdir -p "$(dirname "$1")"; cp -R "$from" "$1.new"; rm -rf "$1"; mv "$1.new" "$1"
}

put_service() {
  mkdir -p "$(dirname "$unit")" "$(dirname "$link")"
  cp "$here/systemd/edgeagent.service" "$unit"; chmod 644 "$unit"
  ln -sfn /opt/edgeagent/edgeagent "$link"
  systemctl_ daemon-reload
}

# Well: the process lives, and where it has a web section it answers.
is_well() {
  systemctl_ is-active --quiet edgeagent || return 1
  grep -q '"web"' "$configured" || return 0
  "$program/edgeagent" health --config "$configured" --within "$within" >/dev/null
}

start() {
  has_service_manager || return 0
  if [ ! -f "$configured" ]; then
    say "no configuration yet: write $configured, then: systemctl enable --now edgeagent"; return 0
  fi
  systemctl_ enable edgeagent >/dev/null 2>&1 || true
  systemctl_ restart edgeagent
}

case $verb in
  install)
    check_source
    [ ! -e "$program" ] || fail "$program is there already; use: install.sh upgrade"
    mkdir -p "$etc" "$data"; chmod 750 "$etc" "$data"
    make_user
    if [ -n "$config" ] && [ ! -f "$configured" ]; then
      cp "$config" "$configured"; chmod 640 "$configured"; [ -n "$root" ] || chown root:edgeagent "$configured"
    fi
    put_program "$program"; put_service
    if [ -f "$configured" ] && ! "$program/edgeagent" check "$configured"; then fail "installed, but $configured has errors; mend it, then: systemctl enable --now edgeagent"; fi
    start
    if has_service_manager && [ -f "$configured" ]; then is_well || fail "installed, but it is not well; see: journalctl -u edgeagent"; fi
    say "installed $("$program/edgeagent" --version)" ;;
  upgrade)
    check_source
    [ -d "$program" ] || fail "nothing is installed in $program; use: install.sh install"
    # Asked of the new program while the old one still runs: a configuration that it does not take stops nothing.
    if [ -f "$configured" ] && ! "$from/edgeagent" check "$configured"; then fail "the new program does not take $configured; nothing was changed"; fi
    old=$("$program/edgeagent" --version)
    rm -rf "$previous"; cp -R "$program" "$previous"; [ ! -f "$unit" ] || cp "$unit" "$previous/edgeagent.service.previous"
    put_program "$program"; put_service; start
    if has_service_manager && [ -f "$configured" ] && ! is_well; then
      say "the new program is not well within $within s; going back to $old" >&2
      [ ! -f "$previous/edgeagent.service.previous" ] || mv "$previous/edgeagent.service.previous" "$unit"
      rm -rf "$program"; mv "$previous" "$program"
      systemctl_ daemon-reload; systemctl_ restart edgeagent
      is_well || fail "the old program is back and not well either; see: journalctl -u edgeagent"
      fail "went back to $old, which is well; the data was not touched"
    fi
    rm -rf "$previous"
    say "upgraded from $old to $("$program/edgeagent" --version)" ;;
  remove|purge)
    if [ -f "$unit" ]; then systemctl_ disable --now edgeagent >/dev/null 2>&1 || true; fi
    rm -f "$unit" "$link"; rm -rf "$program" "$previous"; systemctl_ daemon-reload
    if [ "$verb" = purge ]; then
      rm -rf "$etc" "$data"
      if [ -z "$root" ] && getent passwd edgeagent >/dev/null; then userdel edgeagent; fi
      say "removed, with configuration and data"
    else
      say "removed; configuration stays in $etc, data in $data"
    fi ;;
  *) usage ;;
esac
