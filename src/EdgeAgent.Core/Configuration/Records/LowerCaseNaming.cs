using System.Text.Json;

namespace EdgeAgent.Core.Configuration;

/// <summary>All letters in lower case.</summary>
internal sealed class LowerCaseNaming : JsonNamingPolicy
{
    public static LowerCaseNaming Policy { get; } = new();

    public override string ConvertName(string name) => name.ToLowerInvariant();
}
