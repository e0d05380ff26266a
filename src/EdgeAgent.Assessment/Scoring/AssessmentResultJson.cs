using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Assessment.Findings;
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
        Converters = { new ExactDecimalConverter(), new FractionConverter(), new RecordedTextConverter() },
    });

    /// <summary>UTF-8 JSON, indented, ending without a line break; equal results give equal bytes.</summary>
    public static byte[] Write(AssessmentResult result) => JsonSerializer.SerializeToUtf8Bytes(result, Context.AssessmentResult);
}

/// <summary>Writes the English text alone: signed packs hold it, and their check compares it; pages have both from the same source.</summary>
internal sealed class RecordedTextConverter : JsonConverter<BilingualText>
{
    public override bool HandleNull => true;

    public override BilingualText Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, BilingualText value, JsonSerializerOptions options) => writer.WriteStringValue(value?.En ?? "");
}

/// <summary>Serialization code for assessments, generated at build time.</summary>
[JsonSerializable(typeof(AssessmentResult))]
internal sealed partial class AssessmentJsonContext : JsonSerializerContext;
