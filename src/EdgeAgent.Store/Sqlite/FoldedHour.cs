using EdgeAgent.Store.Sqlite.Chunks;

namespace EdgeAgent.Store.Sqlite;

/// <summary>A new part of a series' hour, encoded and ready to be written.</summary>
/// <param name="Replaces">Data ids of the parts that it takes the place of.</param>
internal sealed record FoldedHour(int SeriesId, int Hour, int Part, byte[] Data, ReadingSummary Summary, IReadOnlyList<ChunkPart> Replaces);
