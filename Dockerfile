# syntax=docker/dockerfile:1
# Build:  docker build -t edgeagent .
#         docker buildx build --platform linux/amd64,linux/arm64 -t registry.example/edgeagent .
# Run:    docker run --rm --read-only --tmpfs /tmp -p 8080:8080 -v edgeagent-data:/data -v ./etc:/etc/edgeagent:ro edgeagent
#         with a serial adapter: --device /dev/ttyUSB0 --group-add dialout

# The pages are the same on every processor: built once, on the machine that builds.
FROM --platform=$BUILDPLATFORM node:22-bookworm-slim AS pages
WORKDIR /source/ui
COPY src/EdgeAgent/ui/package.json src/EdgeAgent/ui/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY src/EdgeAgent/ui ./
RUN node build/build.mjs --out /pages

# .NET compiles for another processor too, so the compiler runs natively.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH=amd64
WORKDIR /source
RUN case "$TARGETARCH" in amd64) echo linux-x64 ;; arm64) echo linux-arm64 ;; *) echo "no build for $TARGETARCH" >&2; exit 1 ;; esac > /rid
# Projects first: restoring is repeated only when a project file changes.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Directory.Build.props src/BannedSymbols.txt src/
COPY src/EdgeAgent/EdgeAgent.csproj src/EdgeAgent/
COPY src/EdgeAgent/ui/build src/EdgeAgent/ui/build
COPY src/EdgeAgent.Assessment/EdgeAgent.Assessment.csproj src/EdgeAgent.Assessment/
COPY src/EdgeAgent.Collector/EdgeAgent.Collector.csproj src/EdgeAgent.Collector/
COPY src/EdgeAgent.Core/EdgeAgent.Core.csproj src/EdgeAgent.Core/
COPY src/EdgeAgent.Protocols/EdgeAgent.Protocols.csproj src/EdgeAgent.Protocols/
COPY src/EdgeAgent.Store/EdgeAgent.Store.csproj src/EdgeAgent.Store/
RUN dotnet restore src/EdgeAgent -r "$(cat /rid)" -p:PublishReadyToRun=true
COPY src src
# The templates are part of the program.
COPY configs/templates configs/templates
# Compiled ahead of time where possible: less memory, and less CPU while starting on a slow core.
RUN dotnet publish src/EdgeAgent -c Release -r "$(cat /rid)" --no-restore --self-contained false -p:PublishReadyToRun=true -p:BuildPages=false -o /app
COPY --from=pages /pages /app/wwwroot
RUN mkdir /data

FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY --from=build /app /app
# 1654 is the user `app` of the base image; nothing here needs root.
COPY --from=build --chown=1654:1654 /data /data
USER 1654
WORKDIR /data
# The only place that is written; the rest may be read-only.
VOLUME /data
ENV DOTNET_EnableDiagnostics=0
EXPOSE 8080 1883 8883
# Needs a web section in the configuration, as any program in a container has.
HEALTHCHECK --interval=15s --timeout=6s --start-period=30s --retries=3 CMD ["/app/edgeagent", "health", "--config", "/etc/edgeagent/edgeagent.json"]
# Stopping takes less than 5 s; the container's stop time (10 s by default) is long enough.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/edgeagent"]
CMD ["run", "--config", "/etc/edgeagent/edgeagent.json"]
