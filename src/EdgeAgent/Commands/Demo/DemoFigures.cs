using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Commands.Demo;

/// <summary>A share as it stands on a form: so many of so many.</summary>
internal readonly record struct Share(int N, int D)
{
    public override string ToString() => D == 0 ? "not computable" : $"{100.0 * N / D:0.00} % ({N}/{D})";
}

/// <summary>What the demo found in its data directory, over the directory's whole life; the object that <c>demo --json</c> prints.</summary>
/// <remarks>Counts are readings. The conservation law over them is <see cref="Balance"/>.</remarks>
internal sealed record DemoFigures(
    int Devices,
    int Online,
    long Due,
    long Good,
    long Bad,
    long Missed,
    long Filtered,
    long DroppedAtEdge,
    long Buffered,
    long Acknowledged,
    long Pending,
    long Discarded,
    long Stored,
    long Duplicates,
    Share NetworkingRate,
    Share DigitalizationRate,
    long StartToFirstStoredMs,
    long RssBytes,
    bool Balanced)
{
    public string AsJson() => JsonSerializer.Serialize(this, DemoJson.Default.DemoFigures);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DemoFigures))]
internal sealed partial class DemoJson : JsonSerializerContext;
