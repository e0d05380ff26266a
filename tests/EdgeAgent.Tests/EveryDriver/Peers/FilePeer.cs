using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.EveryDriver.Peers;

/// <summary>A machine that writes a line ten times a second into a folder, which can be unmounted.</summary>
internal sealed class FilePeer(TempDirectory directory) : Peer
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Task _writing = Task.CompletedTask;
    private Mood _mood;

    private string Folder => directory.File("press");

    public override Task StartAsync(int brokerPort)
    {
        Directory.CreateDirectory(Folder);
        Settings = $$"""{"directory":"{{Folder}}","header":false,"lookMs":50}""";
        _writing = Task.Run(WriteAsync);
        return Task.CompletedTask;
    }

    public override Task BecomeAsync(Mood mood)
    {
        lock (_gate)
        {
            bool was = _mood == Mood.Vanished, becomes = mood == Mood.Vanished;
            if (was != becomes)
            {
                Directory.Move(becomes ? Folder : Folder + "-away", becomes ? Folder + "-away" : Folder);
            }

            _mood = mood;
        }

        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task WriteAsync()
    {
        while (true)
        {
            lock (_gate)
            {
                if (_mood is Mood.Answers or Mood.Lies)
                {
                    File.AppendAllText(Path.Combine(Folder, "press.csv"), _mood == Mood.Answers ? "21.5\n" : "rubbish\n");
                }
            }

            await Task.Delay(Beat, TimeProvider.System, _stop.Token);
        }
    }
}
