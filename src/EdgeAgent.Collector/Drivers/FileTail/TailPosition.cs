namespace EdgeAgent.Collector.Drivers.FileTail;

/// <summary>How far one file was read. A file is known by how it begins, so that it stays known when it is renamed.</summary>
/// <param name="Name">Its name when it was seen last.</param>
/// <param name="BeginLength">Bytes at its start over which <paramref name="Begin"/> is.</param>
/// <param name="Begin">SHA-256 of them.</param>
/// <param name="Offset">Bytes read: always behind the end of a line. In a kept one, those whose readings are in the buffer for certain.</param>
public sealed record TailPosition(string Name, int BeginLength, string Begin, long Offset)
{
    /// <summary>What was read beyond <paramref name="Offset"/> and handed over, in order; null when nothing was.</summary>
    public IReadOnlyList<HandedLines>? Handed { get; init; }
}

/// <summary>Lines that were handed over, and may or may not have reached the buffer. Read again, they get the times that they had.</summary>
/// <param name="From">Offset of the first.</param>
/// <param name="To">Offset behind the last.</param>
/// <param name="Ticks">Time of reading of the first; that of another one is later by as many ticks as it lies further on in bytes.</param>
public sealed record HandedLines(long From, long To, long Ticks);
