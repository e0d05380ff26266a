using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Scheduling;

/// <summary>The newest value of a tag that came back, dated before the word that it is silent.</summary>
/// <param name="Bytes">Its text or bytes; empty for other kinds.</param>
/// <param name="ArrivedTicks">When it arrived.</param>
internal readonly record struct ReturnedValue(Reading Reading, byte[] Bytes, long ArrivedTicks)
{
    /// <summary>Adds it under another time.</summary>
    public void AddTo(ReadingBatch batch, long sourceTicks)
    {
        if (Reading.Kind is ValueKind.Text or ValueKind.Bytes)
        {
            batch.AddBytes(Reading.TagId, Reading.Quality, sourceTicks, Reading.Kind, Bytes);
        }
        else
        {
            batch.Add(Reading with { SourceTicks = sourceTicks });
        }
    }
}
