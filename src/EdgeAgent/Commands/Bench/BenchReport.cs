using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Commands.Bench;

/// <summary>A result as a person or a program reads it.</summary>
internal static class BenchReport
{
    public static string AsText(IBenchScenario scenario, BenchResult result, Machine machine)
    {
        StringBuilder text = new();
        text.AppendLine($"{scenario.Name}: {scenario.Description}").AppendLine($"on {machine}");
        int width = result.Measurements.Max(measurement => measurement.Name.Length);
        foreach (BenchMeasurement measurement in result.Measurements)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {measurement.Name.PadRight(width)}  {Figure(measurement.Value),12} {measurement.Unit}");
            if (measurement.Target is { } target)
            {
                string bound = measurement.Direction == BenchDirection.AtMost ? "at most" : "at least";
                text.Append(CultureInfo.InvariantCulture, $"  ({bound} {Figure(target)}: {(measurement.Holds ? "holds" : "MISSED")})");
            }

            text.AppendLine();
        }

        foreach (string note in result.Notes)
        {
            text.AppendLine($"  note: {note}");
        }

        return text.ToString().TrimEnd();
    }

    public static string AsJson(IBenchScenario scenario, BenchResult result, Machine machine) => JsonSerializer.Serialize(
        new BenchReportJson(
            scenario.Name,
            scenario.Description,
            machine,
            [.. result.Measurements.Select(BenchMeasurementJson.From)],
            result.Notes,
            result.Holds),
        BenchJson.Default.BenchReportJson);

    public static string ListAsJson(IReadOnlyList<IBenchScenario> scenarios) => JsonSerializer.Serialize(
        [.. scenarios.Select(scenario => new BenchScenarioJson(scenario.Name, scenario.Description))],
        BenchJson.Default.BenchScenarioJsonArray);

    private static string Figure(double value) => value switch
    {
        0 => "0",
        _ when Math.Abs(value) >= 1000 => value.ToString("#,0", CultureInfo.InvariantCulture),
        _ when Math.Abs(value) >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.###", CultureInfo.InvariantCulture),
    };
}

internal sealed record BenchScenarioJson(string Name, string Description);

internal sealed record BenchMeasurementJson(string Name, double? Value, string Unit, double? Target, BenchDirection? Direction, bool Holds)
{
    /// <remarks>JSON has no infinity and no NaN; both become null.</remarks>
    public static BenchMeasurementJson From(BenchMeasurement measurement) => new(
        measurement.Name,
        double.IsFinite(measurement.Value) ? measurement.Value : null,
        measurement.Unit,
        measurement.Target,
        measurement.Target is null ? null : measurement.Direction,
        measurement.Holds);
}

internal sealed record BenchReportJson(
    string Scenario,
    string Description,
    Machine Machine,
    IReadOnlyList<BenchMeasurementJson> Measurements,
    IReadOnlyList<string> Notes,
    bool Holds);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(BenchReportJson))]
[JsonSerializable(typeof(BenchScenarioJson[]))]
internal sealed partial class BenchJson : JsonSerializerContext;
