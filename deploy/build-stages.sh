#!/usr/bin/env bash
# Does what the building stages of the Dockerfile do, in an empty directory that plays the root of each: for machines without a container
# engine, and to see that nothing is missing from what the stages copy. Needs the .NET SDK and Node.js.
#   build-stages.sh DIRECTORY [amd64|arm64]        the program is then in DIRECTORY/build/app
set -euo pipefail
here=$(cd -- "$(dirname -- "$0")" && pwd); context=$(cd "$here/.." && pwd)
target=${1:?usage: build-stages.sh DIRECTORY [amd64|arm64]}; export TARGETARCH=${2:-amd64}
mkdir -p "$target"; target=$(cd "$target" && pwd)
[ -z "$(ls -A "$target")" ] || { echo "build-stages.sh: $target is not empty" >&2; exit 1; }

stage=; root=; work=/
# Absolute paths of a step lie in the stage's root.
rooted() { sed -E "s#(^|[ \"'(=>])/(rid|app|data|pages|source)#\1$root/\2#g"; }
copy() { # SOURCES... DESTINATION, with --from= and --chown= before
  local from=$context args=() to
  for word in "$@"; do case $word in --from=*) from=$target/${word#--from=} ;; --chown=*) ;; *) args+=("$word") ;; esac; done
  to=${args[-1]}; unset 'args[-1]'
  case $to in /*) to=$root$to ;; *) to=$root$work/$to ;; esac
  for source in "${args[@]}"; do
    if [ -d "$from/$source" ]; then
      mkdir -p "$to"
      tar -C "$from/$source" --exclude=node_modules --exclude=./bin --exclude=./obj --exclude='*/bin' --exclude='*/obj' -cf - . | tar -C "$to" -xf -
    else
      case $to in */|*/.) mkdir -p "$to" ;; *) if [ ${#args[@]} -gt 1 ]; then mkdir -p "$to"; else mkdir -p "$(dirname "$to")"; fi ;; esac
      cp "$from/$source" "$to"
    fi
  done
}

while IFS= read -r line; do
  case $line in
    FROM*\ AS\ *) stage=${line##* AS }; root=$target/$stage; work=/; mkdir -p "$root"; echo "== $stage" ;;
    FROM*) break ;; # The stage that runs copies and sets, and builds nothing.
    WORKDIR*) work=${line#WORKDIR }; mkdir -p "$root$work" ;;
    COPY*) read -r -a words <<< "${line#COPY }"; copy "${words[@]}" ;;
    RUN*) echo "-- ${line#RUN }"; (cd "$root$work" && bash -euo pipefail -c "$(printf %s "${line#RUN }" | rooted)") ;;
    ''|'#'*|ARG*|ENV*) ;;
    *) echo "build-stages.sh: cannot do: $line" >&2; exit 1 ;;
  esac
done < "$context/Dockerfile"
"$target/build/app/edgeagent" --version
