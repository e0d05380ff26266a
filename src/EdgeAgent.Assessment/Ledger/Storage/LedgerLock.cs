namespace EdgeAgent.Assessment.Ledger.Storage;

/// <summary>Lets one writer at a time at a site's ledger, also among processes: the hub and the command line share it.</summary>
internal static class LedgerLock
{
    private const string FileName = "lock";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <exception cref="IOException">Another writer holds it for longer than anybody should.</exception>
    public static FileStream Take(string folder)
    {
        string path = Path.Combine(folder, FileName);
        // How long to wait for another process is a matter of the machine's clock, whatever clock the ledger is kept by.
        long since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path) && TimeProvider.System.GetElapsedTime(since) < Patience)
            {
                Task.Delay(Pause, TimeProvider.System).Wait();
            }
        }
    }
}
