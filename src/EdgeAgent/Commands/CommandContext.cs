namespace EdgeAgent.Commands;

/// <summary>What every verb gets from its surroundings: where to write, the clock, and the signals that ask it to stop.</summary>
/// <remarks>Results go to <see cref="Out"/>; progress, warnings and errors go to <see cref="Error"/>, so that output can be piped.</remarks>
internal sealed class CommandContext(TextWriter output, TextWriter error, TimeProvider time, bool isInteractive) : IDisposable
{
    private StopSignals? _signals;

    public TextWriter Out { get; } = output;

    public TextWriter Error { get; } = error;

    public TimeProvider Time { get; } = time;

    /// <summary>Whether a person watches a terminal (colours and lines that rewrite themselves are welcome).</summary>
    public bool IsInteractive { get; } = isInteractive;

    /// <summary>Cancelled by the first Ctrl-C or SIGTERM.</summary>
    public CancellationToken Stopping => _signals?.Token ?? CancellationToken.None;

    public static CommandContext ForProcess()
    {
        bool interactive = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");
        return new CommandContext(Console.Out, Console.Error, TimeProvider.System, interactive) { _signals = new StopSignals() };
    }

    public void Dispose() => _signals?.Dispose();
}
