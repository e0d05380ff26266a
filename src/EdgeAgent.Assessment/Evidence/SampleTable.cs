using System.Globalization;
using System.Text;
using EdgeAgent.Assessment.Evidence.Chains;
using EdgeAgent.Assessment.Evidence.Container;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>The raw samples: ten readings of each device, drawn by the seed, with the batch that each stands in.</summary>
internal static class SampleTable
{
    public static byte[] Write(
        ChainAudit audit, SampleDraw draw, IPackContent content, IReadOnlyDictionary<string, PackEntry> files, IReadOnlyDictionary<string, PlantDefinition> definitions)
    {
        EvidenceCsv csv = new("agent", "device", "asset", "tag", "value", "unit", "quality", "sourceTime", "sourceTicks", "incarnation", "sequence", "batchSha256", "file");
        DecodedBatch batch = new();
        foreach ((SourceRow source, LowestRanks ranks) in audit.Samples.OrderBy(s => s.Key))
        {
            foreach (SampleCandidate candidate in ranks.Kept)
            {
                byte[]? signed = BatchRecords.ReadOne(content, files[candidate.File], candidate.Position);
                if (signed is not null && BatchReader.TryRead(signed, batch, BatchLimits.Default) == BatchReadStatus.Ok
                    && definitions.TryGetValue(candidate.ConfigHash, out PlantDefinition? definition))
                {
                    Write(csv, source, candidate, draw, batch, definition);
                }
            }
        }

        return csv.ToBytes();
    }

    private static void Write(EvidenceCsv csv, SourceRow source, in SampleCandidate candidate, SampleDraw draw, DecodedBatch batch, PlantDefinition definition)
    {
        int deviceId = candidate.DeviceId;
        int count = 0;
        foreach (ref readonly Reading reading in batch.Readings.Readings)
        {
            count += IsOf(reading, deviceId, definition) ? 1 : 0;
        }

        if (count == 0)
        {
            return;
        }

        int pick = draw.Pick(candidate.Rank, count);
        foreach (ref readonly Reading reading in batch.Readings.Readings)
        {
            if (IsOf(reading, deviceId, definition) && pick-- == 0)
            {
                TagDefinition tag = definition.Tags[reading.TagId];
                csv.Cell(source.Agent).Cell(source.Device).Cell(source.Asset).Cell(tag.Name).Cell(TextOf(batch.Readings, reading)).Cell(tag.Unit)
                    .Cell(reading.Quality.ToString()).Cell(PackTables.InstantText(reading.SourceTicks)).Cell(reading.SourceTicks)
                    .Cell(batch.Incarnation.ToString("N")).Cell(batch.Sequence).Cell(Convert.ToHexStringLower(batch.Hash.Span)).Cell(candidate.File).EndRow();
                return;
            }
        }
    }

    private static bool IsOf(in Reading reading, int deviceId, PlantDefinition definition) =>
        (uint)reading.TagId < (uint)definition.Tags.Count && definition.Tags[reading.TagId].DeviceId == deviceId;

    private static string TextOf(ReadingBatch batch, in Reading reading) => reading.Kind switch
    {
        ValueKind.Boolean => reading.AsBoolean ? "true" : "false",
        ValueKind.Int64 => reading.AsInt64.ToString(CultureInfo.InvariantCulture),
        ValueKind.UInt64 => reading.AsUInt64.ToString(CultureInfo.InvariantCulture),
        ValueKind.Float32 => reading.AsFloat32.ToString("R", CultureInfo.InvariantCulture),
        ValueKind.Float64 => reading.AsFloat64.ToString("R", CultureInfo.InvariantCulture),
        ValueKind.Text => Encoding.UTF8.GetString(batch.BytesOf(reading)),
        ValueKind.Bytes => Convert.ToHexString(batch.BytesOf(reading)),
        _ => "",
    };
}
