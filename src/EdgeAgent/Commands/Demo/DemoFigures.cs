using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Commands.Demo;

/// <summary>A share as it stands on a form: so many of so many.</summary>
internal readonly record struct Share(int N, int D)
{
    public override string ToString() => D == 0 ? "not computable" : $"{100.0 * N / D:0.00} % ({N}/{D})";
}

/// <summary>What the demo found in its data directory, over the directory's whole life; the object that <c>demo --json</c> prints.</summary>
/// <remarks>Counts are readings. The conservation law over them is <c>due = good + bad + missed</c>,
/// <c>good + bad + beyond = filtered + droppedAtEdge + buffered</c>, <c>buffered = stored</c>; what was discarded is
/// due and missed, because nothing is left to show for it.</remarks>
internal sealed record DemoFigures(
    int Devices,
    int Online,
    long Due,
    long Good,
    long Bad,
    long Missed,
    long Beyond,
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
    public string AsText() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        SIMULATED, since this data directory was made:
          due {Due:#,0} = good {Good:#,0} + bad {Bad:#,0} + missed {Missed:#,0}
          good + bad + beyond {Beyond:#,0} = filtered {Filtered:#,0} + dropped {DroppedAtEdge:#,0} + buffered {Buffered:#,0}
          buffered = acknowledged {Acknowledged:#,0} + pending {Pending:#,0} + discarded {Discarded:#,0}
          stored {Stored:#,0}, repeated batches {Duplicates:#,0}
          networking {NetworkingRate}  digitalization {DigitalizationRate}
          first reading stored {StartToFirstStoredMs:#,0} ms after the start; {RssBytes / 1_000_000:#,0} MB
          the law {(Balanced ? "balances" : "DOES NOT BALANCE")}
        """);

    public string AsJson() => JsonSerializer.Serialize(this, DemoJson.Default.DemoFigures);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DemoFigures))]
internal sealed partial class DemoJson : JsonSerializerContext;
