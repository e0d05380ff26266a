using System.Text.Json;

namespace EdgeAgent.Core.Configuration;

/// <summary>A value of a JSON text with comments, that knows the bytes it stands on, so that it can be changed without touching the rest.</summary>
/// <param name="Kind">The value's kind.</param>
/// <param name="Start">Its first byte.</param>
/// <param name="End">The byte behind its last.</param>
/// <param name="Text">The string, or the digits of a number as written.</param>
public sealed record JsoncNode(JsonValueKind Kind, int Start, int End, string Text = "")
{
    public IReadOnlyList<JsoncMember> Members { get; init; } = [];

    public IReadOnlyList<JsoncNode> Items { get; init; } = [];

    /// <summary>The value of a member; null when there is none, or this is no object.</summary>
    public JsoncNode? Member(string name) => Members.LastOrDefault(m => m.Name == name).Value;

    /// <summary>Every value from here down, in the order of the text, with the name of the member that it belongs to.</summary>
    public IEnumerable<(string Name, JsoncNode Node)> Walk(string name = "")
    {
        yield return (name, this);
        foreach ((string of, JsoncNode child) in Members.Select(static m => (m.Name, m.Value)).Concat(Items.Select(item => (name, item))))
        {
            foreach ((string, JsoncNode) below in child.Walk(of))
            {
                yield return below;
            }
        }
    }
}

/// <summary>One member of an object, as it stands in the text.</summary>
/// <param name="NameStart">Byte of the quote before its name.</param>
public readonly record struct JsoncMember(string Name, int NameStart, JsoncNode Value);
