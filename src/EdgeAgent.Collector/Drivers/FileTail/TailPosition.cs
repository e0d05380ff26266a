namespace EdgeAgent.Collector.Drivers.FileTail;

/// <summary>How far one file was read. A file is known by how it begins, so that it stays known when it is renamed.</summary>
/// <param name="Name">Its name when it was seen last.</param>
/// <param name="BeginLength">Bytes at its start over which <paramref name="Begin"/> is.</param>
/// <param name="Begin">SHA-256 of them.</param>
/// <param name="Offset">Bytes read: always behind the end of a line.</param>
public sealed record TailPosition(string Name, int BeginLength, string Begin, long Offset);
