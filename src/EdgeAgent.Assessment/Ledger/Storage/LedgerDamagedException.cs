namespace EdgeAgent.Assessment.Ledger.Storage;

/// <summary>The file of events is not what was written; names the place. The file is left as it is.</summary>
/// <param name="line">Line of the file, from 1; 0 when it concerns the whole file.</param>
/// <param name="offset">Byte at which the line begins.</param>
public sealed class LedgerDamagedException(string path, int line, long offset, string problem)
    : Exception($"{path}{(line == 0 ? "" : $", line {line} (byte {offset})")}: {problem}. The ledger is not used until a copy of the file is put back; nothing was changed.")
{
    public int Line { get; } = line;

    public long Offset { get; } = offset;

    public string Problem { get; } = problem;
}
