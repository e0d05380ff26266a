using System.Text.Json;

namespace EdgeAgent.Core.Configuration;

/// <summary>A JSON value that knows the line it stands on; what JsonElement does not.</summary>
/// <param name="Kind">The value's kind.</param>
/// <param name="Line">Line of its first character, from 1.</param>
/// <param name="Text">The string, or the digits of a number as written.</param>
internal sealed record ConfigNode(JsonValueKind Kind, int Line, string Text = "")
{
    private static readonly List<ConfigMember> NoMembers = [];
    private static readonly List<ConfigNode> NoItems = [];

    public List<ConfigMember> Members { get; init; } = NoMembers;

    public List<ConfigNode> Items { get; init; } = NoItems;

    /// <summary>For messages: what stands there, never its value, which may be a secret.</summary>
    public string Describe() => Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => $"the number {Text}",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };
}
