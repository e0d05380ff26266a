using EdgeAgent.Configuring;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Tests.Hosting;

public sealed class ConfigWatchTests : IAsyncLifetime
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLogger _log = new();
    private readonly SemaphoreSlim _applied = new(0);
    private readonly List<string> _sites = [];
    private ConfigWatch _watch = null!;

    private string ConfigPath => Path.Combine(_directory, "agent.json");

    public Task InitializeAsync()
    {
        Write("one");
        _watch = new ConfigWatch(Load(), Load, ApplyAsync, _time, _log);
        return _watch.StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _watch.StopAsync(CancellationToken.None);
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_change_is_taken_over_when_the_file_has_come_to_rest()
    {
        await _time.WaitForTimersAsync(1);
        Write("two");

        await TickAsync();
        Assert.Empty(_sites);
        await TickAsync();

        await _applied.WaitAsync(Hang);
        Assert.Equal(["two"], _sites);
    }

    [Fact]
    public async Task A_bad_file_leaves_the_old_configuration_running_and_says_so()
    {
        await _time.WaitForTimersAsync(1);
        File.WriteAllText(ConfigPath, """{ "site": """);
        _watch.Ask();
        await _log.Wait(LogLevel.Error);
        Assert.Empty(_sites);

        Write("three");
        _watch.Ask();
        await _applied.WaitAsync(Hang);

        Assert.Equal(["three"], _sites);
    }

    private async Task TickAsync()
    {
        await _time.WaitForTimersAsync(1);
        _time.Advance(TimeSpan.FromSeconds(1));
        await _time.WaitForTimersAsync(1);
    }

    private void Write(string site) => File.WriteAllText(ConfigPath, $$"""{ "site": "{{site}}" }""");

    private LoadedConfig Load() => ConfigFile.Load(ConfigPath);

    private Task<ReloadReport> ApplyAsync(AppConfig config, CancellationToken cancellation)
    {
        _sites.Add(config.Site);
        _applied.Release();
        return Task.FromResult(ReloadReport.Unchanged);
    }

    private sealed class RecordingLogger : ILogger<ConfigWatch>
    {
        private readonly TaskCompletionSource _error = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public Task Wait(LogLevel level) => level == LogLevel.Error ? _error.Task.WaitAsync(Hang) : Task.CompletedTask;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Error)
            {
                _error.TrySetResult();
            }
        }
    }
}
