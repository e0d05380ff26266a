namespace EdgeAgent.Commands;

/// <summary>Says how long work is getting on: one line that rewrites itself on a terminal, a plain line every few seconds elsewhere.</summary>
internal sealed class ProgressLine(CommandContext context) : IDisposable
{
    private static readonly TimeSpan TerminalEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PlainEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly bool _rewrites = context.IsInteractive && !Console.IsErrorRedirected;
    private long _shownAt = context.Time.GetTimestamp();
    private int _shownLength;

    /// <summary>Shows the text if it is time for it. Cheap enough to call often.</summary>
    public void Report(string text)
    {
        lock (_gate)
        {
            if (context.Time.GetElapsedTime(_shownAt) < (_rewrites ? TerminalEvery : PlainEvery))
            {
                return;
            }

            _shownAt = context.Time.GetTimestamp();
            if (_rewrites)
            {
                context.Error.Write($"\r{text.PadRight(_shownLength)}");
                _shownLength = text.Length;
            }
            else
            {
                context.Error.WriteLine(text);
            }
        }
    }

    /// <summary>Clears what stands on the terminal, so that the result starts on an empty line.</summary>
    public void Dispose()
    {
        if (_rewrites && _shownLength > 0)
        {
            context.Error.Write($"\r{new string(' ', _shownLength)}\r");
        }
    }
}
