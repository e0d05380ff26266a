using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;

namespace EdgeAgent.Configuring;

/// <summary>The configuration that this process runs on: reads it, checks drafts, brings new ones into force and goes back to old ones.</summary>
/// <remarks>One change at a time. Whoever changes it names the hash of what he started from, so that nobody overwrites what he has not seen.</remarks>
internal sealed class RunningConfiguration
{
    /// <summary>Long enough for devices that are asked every few seconds, and for a connection to come up.</summary>
    public static readonly TimeSpan GraceUsual = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ReloadPatience = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Func<CancellationToken, Task<ReloadReport>> _reload;
    private readonly TimeProvider _time;

    /// <param name="path">The configuration file.</param>
    /// <param name="reload">Makes the program take over what stands in the file.</param>
    /// <param name="online">The devices that are configured, and whether each is online.</param>
    public RunningConfiguration(
        string path, Func<CancellationToken, Task<ReloadReport>> reload, Func<IReadOnlyDictionary<string, bool>> online, TimeProvider time)
    {
        Path = System.IO.Path.GetFullPath(path);
        Directory = System.IO.Path.GetDirectoryName(Path)!;
        History = new ConfigHistory(Path, time);
        Watch = new DeviceWatch(online, time);
        _reload = reload;
        _time = time;
    }

    public string Path { get; }

    public string Directory { get; }

    public ConfigHistory History { get; }

    public DeviceWatch Watch { get; }

    /// <exception cref="IOException">The file cannot be read.</exception>
    public ConfigBundle Read() => ConfigBundle.Read(Path);

    /// <summary>Everything that is wrong with a configuration; nothing is touched.</summary>
    /// <param name="withAssessment">Also the hub's ledger and rule pack, as <c>edgeagent check</c> does; a broken ledger is no reason to refuse a device.</param>
    public LoadedConfig Check(ConfigBundle bundle, bool withAssessment = false)
    {
        LoadedConfig loaded = ConfigLoading.Parse(bundle, Path, withAssessment);
        foreach (string key in bundle.Tables.Keys.Where(static key => !ConfigBundle.IsInside(key)))
        {
            if (Current(key) is not { } now || !now.AsSpan().SequenceEqual(bundle.Tables[key]))
            {
                loaded.Errors.Add(new ConfigPath(key), "the table lies outside the configuration's directory", "a path below " + Directory, "edit that file where it is, or move it here");
            }
        }

        return loaded;
    }

    /// <summary>Brings a configuration into force.</summary>
    /// <param name="expected">Hash of what it was made from.</param>
    /// <param name="by">Who does it.</param>
    public async Task<ApplyResult> ApplyAsync(ConfigBundle bundle, string expected, string by, string comment, CancellationToken cancellation, TimeSpan? grace = null)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            ConfigBundle current = Read();
            if (!string.Equals(current.Hash, expected, StringComparison.OrdinalIgnoreCase))
            {
                return new ApplyResult(ApplyStatus.Conflict, current.Hash, null, null, null, null);
            }

            if (current.Hash == bundle.Hash)
            {
                return new ApplyResult(ApplyStatus.Same, current.Hash, null, null, null, null);
            }

            LoadedConfig loaded = Check(bundle);
            return loaded.Errors.Any || loaded.Config is null
                ? new ApplyResult(ApplyStatus.Invalid, current.Hash, loaded.Errors, null, null, null)
                : await WriteAsync(current, bundle, by, comment, grace ?? GraceUsual);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Not to be cancelled half-way: the files and what runs must agree in the end.</summary>
    private async Task<ApplyResult> WriteAsync(ConfigBundle current, ConfigBundle bundle, string by, string comment, TimeSpan grace)
    {
        try
        {
            History.KeepFound(current);
            IReadOnlyList<string> online = Watch.Online;
            ConfigWriter.Write(Path, current, bundle);
            ReloadReport report = await ReloadAsync();
            if (!report.Applied)
            {
                ConfigWriter.Write(Path, bundle, current);
                await ReloadAsync();
                return new ApplyResult(ApplyStatus.Failed, current.Hash, null, report, null, string.Join(Environment.NewLine, report.Problems));
            }

            (HistoryEntry? entry, string? problem) = Keep(bundle, by, comment);
            _ = Watch.WatchAsync(online, grace);
            return new ApplyResult(ApplyStatus.Applied, bundle.Hash, null, report, entry, problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new ApplyResult(ApplyStatus.Failed, Read().Hash, null, null, null, problem.Message);
        }
    }

    /// <summary>It runs already: that its place in the history cannot be written does not make it fail.</summary>
    private (HistoryEntry? Entry, string? Problem) Keep(ConfigBundle bundle, string by, string comment)
    {
        try
        {
            return (History.Add(bundle, by, comment, "applied"), null);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return (null, $"It is in force, and could not be kept in the history: {problem.Message}");
        }
    }

    private async Task<ReloadReport> ReloadAsync()
    {
        using CancellationTokenSource limit = new(ReloadPatience, _time);
        try
        {
            return await _reload(limit.Token);
        }
        catch (OperationCanceledException)
        {
            return ReloadReport.Failed([$"The program did not take it over within {ReloadPatience.TotalSeconds:0} s."]);
        }
    }

    private byte[]? Current(string key)
    {
        string path = System.IO.Path.GetFullPath(key, Directory);
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }
}
