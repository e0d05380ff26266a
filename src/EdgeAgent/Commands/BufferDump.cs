using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Commands;

/// <summary>Prints batches of a buffer as lines of JSON. Tags are named once a batch with their definition has been seen.</summary>
internal sealed class BufferDump(TextWriter output, bool withReadings)
{
    private readonly DecodedBatch _decoded = new();
    private PlantDefinition? _definition;

    public void Write(InspectedBatch batch)
    {
        bool whole = BatchReader.TrySplit(batch.Signed, out ReadOnlySpan<byte> body, out _)
            && SHA256.HashData(body).AsSpan().SequenceEqual(batch.Hash);
        if (!withReadings || !whole || BatchReader.TryRead(batch.Signed, _decoded, BatchLimits.Default) != BatchReadStatus.Ok)
        {
            output.WriteLine(JsonSerializer.Serialize(
                new BatchLineJson(
                    batch.Sequence, BufferReport.Instant(batch.CreatedTicks), BufferReport.Instant(batch.FirstTicks),
                    BufferReport.Instant(batch.LastTicks), batch.Readings, batch.Signed.Length, batch.CarriesDefinition,
                    Convert.ToHexStringLower(batch.Hash), whole),
                BufferJson.Default.BatchLineJson));
            return;
        }

        _definition = _decoded.Definition ?? _definition;
        foreach (ref readonly Reading reading in _decoded.Readings.Readings)
        {
            (string? device, string? name) = NameOf(reading.TagId);
            output.WriteLine(JsonSerializer.Serialize(
                new ReadingLineJson(
                    batch.Sequence, BufferReport.Instant(reading.SourceTicks), reading.TagId, device, name, ValueOf(reading),
                    reading.Quality.ToString()),
                BufferJson.Default.ReadingLineJson));
        }
    }

    private (string? Device, string? Name) NameOf(int tagId)
    {
        if (_definition is not { } definition || !definition.ConfigHash.Span.SequenceEqual(_decoded.ConfigHash.Span)
            || tagId >= definition.Tags.Count)
        {
            return (null, null);
        }

        TagDefinition tag = definition.Tags[tagId];
        return (definition.Devices[tag.DeviceId].Name, tag.Name);
    }

    private string ValueOf(in Reading reading) => reading.Kind switch
    {
        ValueKind.None => "",
        ValueKind.Boolean => reading.AsBoolean ? "true" : "false",
        ValueKind.Int64 => reading.AsInt64.ToString(CultureInfo.InvariantCulture),
        ValueKind.UInt64 => reading.AsUInt64.ToString(CultureInfo.InvariantCulture),
        ValueKind.Float32 => reading.AsFloat32.ToString("R", CultureInfo.InvariantCulture),
        ValueKind.Float64 => reading.AsFloat64.ToString("R", CultureInfo.InvariantCulture),
        ValueKind.Text => Encoding.UTF8.GetString(_decoded.Readings.BytesOf(reading)),
        _ => Convert.ToHexStringLower(_decoded.Readings.BytesOf(reading)),
    };
}
