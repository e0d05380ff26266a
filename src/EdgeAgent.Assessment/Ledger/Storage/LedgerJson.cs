using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace EdgeAgent.Assessment.Ledger.Storage;

/// <summary>How events and what they hold are written as JSON: camel case, Chinese as it is, nothing unknown on reading.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(LedgerEvent))]
[JsonSerializable(typeof(LedgerChange))]
[JsonSerializable(typeof(EnterpriseProfile))]
[JsonSerializable(typeof(ProjectProfile))]
public sealed partial class LedgerJson : JsonSerializerContext
{
    /// <summary>Writes Chinese characters as they are, so that a person can read the file.</summary>
    public static LedgerJson Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });
}
