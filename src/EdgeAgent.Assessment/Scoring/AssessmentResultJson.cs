using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Assessment.Indicators;

namespace EdgeAgent.Assessment.Scoring;

/// <summary>An assessment as JSON; README.md beside this file shows one.</summary>
public static class AssessmentResultJson
{
    private static readonly AssessmentJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Chinese stays readable; the text goes to a file, not into HTML
        Converters = { new ExactDecimalConverter(), new FractionConverter() },
    });

    /// <summary>UTF-8 JSON, indented, ending without a line break; equal results give equal bytes.</summary>
    public static byte[] Write(AssessmentResult result) => JsonSerializer.SerializeToUtf8Bytes(result, Context.AssessmentResult);
}

/// <summary>Serialization code for assessments, generated at build time.</summary>
[JsonSerializable(typeof(AssessmentResult))]
internal sealed partial class AssessmentJsonContext : JsonSerializerContext;
