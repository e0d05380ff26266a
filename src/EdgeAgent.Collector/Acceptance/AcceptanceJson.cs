using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Collector.Acceptance;

/// <summary>Source-generated JSON of records and signatures: members in the order of the records, so that equal records are equal bytes.</summary>
[JsonSerializable(typeof(AcceptanceRecord))]
[JsonSerializable(typeof(AcceptanceSignature))]
internal sealed partial class AcceptanceJson : JsonSerializerContext
{
    public static AcceptanceJson Written { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        WriteIndented = true,
        NewLine = "\n",
        // Read by people, Chinese names included.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
