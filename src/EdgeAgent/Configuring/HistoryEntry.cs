using System.Text.Json.Serialization;

namespace EdgeAgent.Configuring;

/// <summary>A version of the configuration that was in force.</summary>
/// <param name="Id">Name of its folder; later ones sort behind earlier ones.</param>
/// <param name="At">When it came into force.</param>
/// <param name="By">Who brought it; empty for one that was written by hand and found.</param>
/// <param name="Comment">Why.</param>
/// <param name="Hash">See <see cref="Core.Configuration.ConfigBundle.Hash"/>.</param>
/// <param name="Outcome">applied, found, restored or failed.</param>
internal sealed record HistoryEntry(string Id, DateTimeOffset At, string By, string Comment, string Hash, string Outcome);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(HistoryEntry))]
[JsonSerializable(typeof(PushRecord[]))]
internal sealed partial class ConfiguringJson : JsonSerializerContext;
