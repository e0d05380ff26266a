namespace EdgeAgent.Commands.Demo;

/// <summary>One demo starts at a time on a machine: two that look for free ports at once find the same ones.</summary>
internal static class DemoTurn
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WaitMost = TimeSpan.FromMinutes(1);

    /// <summary>Waits for the turn; to be disposed of when every port is taken. Null where the folder for temporary files does not allow
    /// it, or another demo takes too long: then ports are only most probably free.</summary>
    public static async Task<FileStream?> TakeAsync(TimeProvider time, CancellationToken cancellation)
    {
        string path = Path.Combine(Path.GetTempPath(), "edgeagent-demo.lock");
        long start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < WaitMost)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
            }
            catch (UnauthorizedAccessException)
            {
                return null; // Another user's.
            }
            catch (IOException)
            {
                await Task.Delay(Look, time, cancellation);
            }
        }

        return null;
    }
}
