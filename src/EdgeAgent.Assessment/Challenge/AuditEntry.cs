using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Assessment.Challenge;

/// <summary>One line of an audit log: who did what, when, and the hash of the line before.</summary>
/// <param name="Sequence">1, 2, 3, … without a gap.</param>
/// <param name="At">When, in UTC.</param>
/// <param name="Who">A person's name, or the name of a token.</param>
/// <param name="What">For instance <c>read metrics</c> or <c>challenge requested</c>.</param>
/// <param name="Facts">What belongs to it, by name, in the order of names.</param>
/// <param name="Previous">SHA-256 of the line before, hexadecimal; 64 zeros for the first.</param>
public sealed record AuditEntry(
    long Sequence, DateTimeOffset At, string Who, string What, SortedDictionary<string, string> Facts, string Previous);

[JsonSerializable(typeof(AuditEntry))]
internal sealed partial class AuditJson : JsonSerializerContext
{
    /// <summary>One line an entry; Chinese stays readable.</summary>
    public static AuditJson Line { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
