#!/bin/sh
# Makes a Debian package of a published program.
#   package-deb.sh PUBLISHED OUTPUT_DIR [amd64|arm64] [VERSION]
# PUBLISHED is what `dotnet publish` wrote, VERSION by default what the program says of itself.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
published=${1:?usage: package-deb.sh PUBLISHED OUTPUT_DIR [amd64|arm64] [VERSION]}; output=${2:?no output directory}
arch=${3:-amd64}; version=${4:-}
[ -x "$published/edgeagent" ] || { echo "package-deb.sh: $published holds no published program" >&2; exit 1; }
case $arch in amd64|arm64) ;; *) echo "package-deb.sh: no package for $arch" >&2; exit 2 ;; esac
# Run only when not told, because a package for another processor cannot be asked.
[ -n "$version" ] || version=$("$published/edgeagent" --version | sed 's/+.*//; s/-/~/')

tree=$(mktemp -d); trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/DEBIAN" "$tree/opt" "$tree/usr/bin" "$tree/lib/systemd/system" "$tree/usr/share/doc/edgeagent"
cp -R "$published" "$tree/opt/edgeagent"
# Symbols are for developers, and native parts of other systems for nobody here.
find "$tree/opt/edgeagent" -name '*.pdb' -delete
if [ -d "$tree/opt/edgeagent/runtimes" ]; then
  keep=linux-x64; [ "$arch" = amd64 ] || keep=linux-arm64
  find "$tree/opt/edgeagent/runtimes" -mindepth 1 -maxdepth 1 ! -name "$keep" ! -name unix -exec rm -rf {} +
fi
ln -s /opt/edgeagent/edgeagent "$tree/usr/bin/edgeagent"
cp "$here/systemd/edgeagent.service" "$tree/lib/systemd/system/"
cp "$here/README.md" "$here/../LICENSE" "$tree/usr/share/doc/edgeagent/"
for script in postinst prerm postrm; do install -m 755 "$here/debian/$script" "$tree/DEBIAN/$script"; done
# A self-contained program brings .NET and needs only what .NET itself needs.
depends="libc6, libgcc-s1, libstdc++6, libssl3 | libssl3t64 | libssl1.1, ca-certificates, adduser"
[ -f "$published/libcoreclr.so" ] || depends="$depends, aspnetcore-runtime-10.0"
cat > "$tree/DEBIAN/control" <<CONTROL
Package: edgeagent
Version: $version
Architecture: $arch
Section: net
Priority: optional
Maintainer: EdgeAgent maintainers <maintainers@edgeagent.invalid>
Installed-Size: $(du -sk "$tree/opt" | cut -f1)
Depends: $depends
Description: collection of data from industrial equipment
 Collects from Modbus, OPC UA, S7, DL/T 645 and other devices, keeps every
 reading on disk until a time-series store has it, and computes what share of
 a factory's equipment is really connected.
CONTROL
find "$tree" -type d -exec chmod 755 {} +
mkdir -p "$output"
dpkg-deb --root-owner-group -Zxz -z1 --build "$tree" "$output/edgeagent_${version}_$arch.deb" >/dev/null
echo "$output/edgeagent_${version}_$arch.deb"
