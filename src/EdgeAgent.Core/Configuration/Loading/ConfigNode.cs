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

    /// <summary>The file it stands in; null is the configuration file itself.</summary>
    public string? File { get; init; }

    public List<ConfigMember> Members { get; init; } = NoMembers;

    public List<ConfigNode> Items { get; init; } = NoItems;

    /// <summary>The value of a member; null when there is none, or this is no object.</summary>
    public ConfigNode? Member(string name)
    {
        int at = Members.FindLastIndex(m => m.Name == name);
        return at < 0 ? null : Members[at].Value;
    }

    /// <summary>A copy with one member replaced or added.</summary>
    public ConfigNode WithMember(string name, ConfigNode value)
    {
        List<ConfigMember> members = [.. Members];
        int at = members.FindLastIndex(m => m.Name == name);
        if (at < 0)
        {
            members.Add(new ConfigMember(name, value.Line, value));
        }
        else
        {
            members[at] = members[at] with { Value = value };
        }

        return this with { Members = members };
    }

    /// <summary>A copy without a member.</summary>
    public ConfigNode Without(string name) => this with { Members = Members.FindAll(m => m.Name != name) };

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
