using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>What a pack states about itself; its bytes are what the hub signs.</summary>
/// <param name="Format">Always <c>edgeagent-evidence</c>.</param>
/// <param name="Id">Name of the pack: site, report instant and a short form of what it rests on.</param>
/// <param name="AsOf">The report instant T, in local time.</param>
/// <param name="Window">Length of the window, for instance <c>7d</c>; null when the rule pack's was used.</param>
/// <param name="FromHour">First UTC hour of the window; from here on every account is proved by batches.</param>
/// <param name="ToHour">End of the window, exclusive.</param>
/// <param name="CreatedAt">When the pack was made; the metrics are computed as of this instant.</param>
/// <param name="Program">Version of the program that made it.</param>
/// <param name="Notice">What a reader must know first, for instance SIMULATED; null otherwise.</param>
/// <param name="Previous">SHA-256 of the manifest of the pack before; null on the first of a site.</param>
/// <param name="Seed">Seed of the samples, hexadecimal; follows from Previous, window and Chains.</param>
/// <param name="Chains">The stretches of agents' chains that the pack holds.</param>
/// <param name="Files">Every other file, in the order of the container.</param>
public sealed record PackManifest(
    string Format,
    int Version,
    string Id,
    string Site,
    DateTimeOffset AsOf,
    string? Window,
    int FromHour,
    int ToHour,
    DateTimeOffset CreatedAt,
    string Program,
    string? Notice,
    string? Previous,
    string Seed,
    IReadOnlyList<PackChain> Chains,
    IReadOnlyList<PackFile> Files)
{
    public const string FormatName = "edgeagent-evidence";
    public const int FormatVersion = 1;

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, PackJson.Readable.PackManifest);

    /// <returns>Null when the bytes are no manifest.</returns>
    public static PackManifest? TryRead(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, PackJson.Readable.PackManifest);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>A stretch of one agent's chain.</summary>
/// <param name="Incarnation">32 hexadecimal digits.</param>
/// <param name="LastHash">Hash of the last batch, hexadecimal.</param>
public sealed record PackChain(string Agent, string Incarnation, long First, long Last, long Batches, string LastHash);

/// <summary>An agent's key as the hub enrolled it.</summary>
/// <param name="PublicKey">SubjectPublicKeyInfo, Base64.</param>
/// <param name="Note">How it was enrolled.</param>
public sealed record PackAgent(string Site, string Agent, string PublicKey, string FirstSeen, string Note);

/// <summary>JSON of packs: camel case, nothing unknown, nothing missing.</summary>
[JsonSerializable(typeof(PackManifest))]
[JsonSerializable(typeof(IReadOnlyList<PackAgent>))]
[JsonSerializable(typeof(PackObserved))]
internal sealed partial class PackJson : JsonSerializerContext
{
    /// <summary>Chinese stays readable; the text goes to a file, not into HTML.</summary>
    public static PackJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>For what is large and read by programs only; numbers that JSON has no name for are kept.</summary>
    public static PackJson Compact { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        IgnoreReadOnlyProperties = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
