using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>A coverage report as JSON; README.md beside this file shows one.</summary>
public static class CoverageReportJson
{
    private static readonly ReportJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Chinese stays readable; the text goes to a file, not into HTML
        Converters = { new ExactDecimalConverter(), new FractionConverter() },
    });

    /// <summary>UTF-8 JSON, indented, ending without a line break.</summary>
    public static byte[] Write(CoverageReport report) => JsonSerializer.SerializeToUtf8Bytes(report, Context.CoverageReport);
}

/// <summary>Serialization code for reports, generated at build time.</summary>
[JsonSerializable(typeof(CoverageReport))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;

/// <summary>Writes decimals as text, so that no reader turns 4.5 points into a binary fraction.</summary>
internal sealed class ExactDecimalConverter : JsonConverter<decimal>
{
    public override decimal Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        decimal.Parse(reader.GetString() ?? "", CultureInfo.InvariantCulture);

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString("0.############################", CultureInfo.InvariantCulture));
}

/// <summary>Writes a share as <c>{"n":9,"d":20,"percent":"45.00%"}</c>.</summary>
internal sealed class FractionConverter : JsonConverter<Fraction>
{
    public override Fraction Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, Fraction value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("n", value.N);
        writer.WriteNumber("d", value.D);
        writer.WriteString("percent", value.Percent);
        writer.WriteEndObject();
    }
}

/// <summary>Writes a share as the text of a decimal, <c>"0.9820"</c>.</summary>
internal sealed class ShareConverter : JsonConverter<Fraction>
{
    public override Fraction Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, Fraction value, JsonSerializerOptions options) => writer.WriteStringValue(value.Share);
}
