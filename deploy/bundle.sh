#!/bin/sh
# Makes one file with everything for a machine without internet: the program, the installer, the Debian package, samples, templates,
# documents and checksums.
#   bundle.sh PUBLISHED OUTPUT_DIR [amd64|arm64] [VERSION]
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd); top=$here/..
published=${1:?usage: bundle.sh PUBLISHED OUTPUT_DIR [amd64|arm64] [VERSION]}; output=${2:?no output directory}; arch=${3:-amd64}
version=${4:-$("$published/edgeagent" --version | sed 's/+.*//')}
mkdir -p "$output"; output=$(CDPATH= cd -- "$output" && pwd)
name=edgeagent-$version-$arch
tree=$(mktemp -d); trap 'rm -rf "$tree"' EXIT
bundle=$tree/$name; mkdir -p "$bundle/packages"
cp -R "$published" "$bundle/program"; find "$bundle/program" -name '*.pdb' -delete
if command -v dpkg-deb >/dev/null; then "$here/package-deb.sh" "$published" "$bundle/packages" "$arch" "$version" >/dev/null; fi
cp -R "$here" "$bundle/deploy"; cp -R "$top/configs" "$bundle/configs"
cp "$top"/README*.md "$top/LICENSE" "$bundle/"
# Documents keep their places, so that links between them hold.
(cd "$top" && find src -name '*.md' -not -path '*/node_modules/*' -not -path '*/bin/*' -not -path '*/obj/*' -print | tar -cf - -T -) | tar -xf - -C "$bundle"
(cd "$bundle" && find . -type f ! -name SHA256SUMS -print0 | sort -z | xargs -0 sha256sum > SHA256SUMS)
tar -C "$tree" --owner=0 --group=0 --sort=name -czf "$output/$name.tar.gz" "$name"
(cd "$output" && sha256sum "$name.tar.gz" > "$name.tar.gz.sha256")
echo "$output/$name.tar.gz"
