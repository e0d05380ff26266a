namespace EdgeAgent.Commands.Bench;

/// <summary>What a scenario works with: the clock, a scratch directory of its own, progress, and the wish to stop.</summary>
internal sealed class BenchContext : IDisposable
{
    private readonly ProgressLine _progress;

    public BenchContext(CommandContext command, CancellationToken cancellation)
    {
        Command = command;
        Cancellation = cancellation;
        _progress = new ProgressLine(command);
        Directory = System.IO.Directory.CreateTempSubdirectory("edgeagent-bench-").FullName;
    }

    public CommandContext Command { get; }

    public TimeProvider Time => Command.Time;

    public CancellationToken Cancellation { get; }

    /// <summary>An empty directory that is deleted afterwards.</summary>
    public string Directory { get; }

    public void Report(string progress) => _progress.Report(progress);

    public Task Wait(TimeSpan time) => Task.Delay(time, Time, Cancellation);

    public void Dispose()
    {
        _progress.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
