using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Assessment.Indicators;

namespace EdgeAgent.Assessment.Portfolio;

/// <summary>A roll-up as JSON.</summary>
public static class PortfolioJson
{
    private static readonly PortfolioJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new ExactDecimalConverter(), new FractionConverter() },
    });

    /// <summary>UTF-8 JSON, indented, ending without a line break.</summary>
    public static byte[] Write(PortfolioReport report) => JsonSerializer.SerializeToUtf8Bytes(report, Context.PortfolioReport);
}

/// <summary>Serialization code for roll-ups, generated at build time.</summary>
[JsonSerializable(typeof(PortfolioReport))]
internal sealed partial class PortfolioJsonContext : JsonSerializerContext;
