using System.Globalization;
using System.Text;

namespace EdgeAgent.Assessment.Ledger.Storage;

/// <summary>Number and hash of the newest event, kept in a file of its own: a chain that ends before it has lost its end.</summary>
internal sealed record LedgerHead(long Sequence, string Hash)
{
    private const string FileName = "head";

    public static LedgerHead None { get; } = new(0, LedgerHistory.NoHash);

    /// <exception cref="LedgerDamagedException">The file holds something else.</exception>
    public static LedgerHead Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return None;
        }

        return File.ReadAllText(path).Trim().Split(' ') is [var number, { Length: 64 } hash]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long sequence) && sequence > 0
            ? new LedgerHead(sequence, hash)
            : throw new LedgerDamagedException(path, 0, 0, "it is not a number and a hash");
    }

    /// <summary>Replaces the file in one step.</summary>
    public void Write(string folder)
    {
        string path = Path.Combine(folder, FileName);
        string fresh = path + ".new";
        using (FileStream stream = new(fresh, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Sequence} {Hash}\n")));
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }
}
