using System.Text.Json;

namespace EdgeAgent.Core.Configuration;

/// <summary>Makes a configuration text say something else by changing only the places that differ, so that comments and layout stay.</summary>
/// <remarks>Items of lists are matched by their <c>name</c>, where they have one. A comment inside what is removed or replaced as a whole is
/// lost with it; <see cref="Lost"/> names those before anybody writes the text.</remarks>
public sealed class JsoncMerge
{
    private readonly JsoncText _text;
    private readonly JsonLayout _layout;
    private readonly string _newLine;
    private readonly List<JsoncEdit> _edits = [];

    private JsoncMerge(JsoncText text)
    {
        _text = text;
        _newLine = text.HasCarriageReturns ? "\r\n" : "\n";
        _layout = new JsonLayout(_newLine);
    }

    /// <summary>The text that says what is wanted.</summary>
    public byte[] Result { get; private set; } = [];

    /// <summary>Comments that the result no longer has.</summary>
    public IReadOnlyList<JsoncComment> Lost { get; private set; } = [];

    public static JsoncMerge Of(JsoncText text, JsonElement wanted)
    {
        var merge = new JsoncMerge(text);
        merge.Value(text.Root, wanted);
        merge.Result = text.With(merge._edits);
        merge.Lost = [.. text.Comments.Where(c => merge._edits.Any(e => c.Start >= e.Start && c.Start < e.End))];
        return merge;
    }

    private void Value(JsoncNode node, JsonElement wanted)
    {
        if (node.Kind != wanted.ValueKind)
        {
            Replace(node, wanted);
            return;
        }

        switch (node.Kind)
        {
            case JsonValueKind.Object:
                Object(node, wanted);
                break;
            case JsonValueKind.Array:
                Array(node, wanted);
                break;
            case JsonValueKind.String when node.Text != wanted.GetString():
            case JsonValueKind.Number when node.Text != wanted.GetRawText():
                Replace(node, wanted);
                break;
        }
    }

    private void Object(JsoncNode node, JsonElement wanted)
    {
        (string Name, JsonElement Value)[] added = [.. wanted.EnumerateObject().Where(p => node.Member(p.Name) is null).Select(p => (p.Name, p.Value))];
        JsoncMember last = node.Members.LastOrDefault(m => wanted.TryGetProperty(m.Name, out _));
        if (added.Length > 0 && last.Value is null && node.Members.Count > 0)
        {
            Replace(node, wanted); // Nothing stays that something could be added behind.
            return;
        }

        foreach (JsoncMember member in node.Members)
        {
            if (wanted.TryGetProperty(member.Name, out JsonElement value))
            {
                Value(member.Value, value);
            }
            else
            {
                Remove(member.NameStart, member.Value.End);
            }
        }

        Insert(node, last.Value, last.NameStart, [.. added.Select(a => (JsonLayout.Quoted(a.Name) + ": ", a.Value))]);
    }

    private void Array(JsoncNode node, JsonElement wanted)
    {
        JsonElement[] items = [.. wanted.EnumerateArray()];
        if (NamesOf(node) is { } before && NamesOf(items) is { } after)
        {
            string[] kept = [.. before.Where(after.Contains)];
            bool staysInOrder = after.Take(kept.Length).SequenceEqual(kept) && (kept.Length > 0 || before.Length == 0 || after.Length == 0);
            if (staysInOrder)
            {
                for (int i = 0; i < before.Length; i++)
                {
                    int at = System.Array.IndexOf(after, before[i]);
                    if (at < 0)
                    {
                        Remove(node.Items[i].Start, node.Items[i].End);
                    }
                    else
                    {
                        Value(node.Items[i], items[at]);
                    }
                }

                JsoncNode? last = kept.Length == 0 ? null : node.Items[System.Array.IndexOf(before, kept[^1])];
                Insert(node, last, last?.Start ?? 0, [.. items.Skip(kept.Length).Select(item => ("", item))]);
                return;
            }
        }

        if (items.Length == node.Items.Count)
        {
            for (int i = 0; i < items.Length; i++)
            {
                Value(node.Items[i], items[i]);
            }

            return;
        }

        Replace(node, wanted);
    }

    private void Replace(JsoncNode node, JsonElement wanted) =>
        _edits.Add(new JsoncEdit(node.Start, node.End, _layout.Write(wanted, _text.IndentAt(node.Start))));

    /// <summary>Adds behind the last child that stays, and behind the comment that stands on its line.</summary>
    private void Insert(JsoncNode container, JsoncNode? last, int lastStart, IReadOnlyList<(string Before, JsonElement Value)> added)
    {
        if (added.Count == 0)
        {
            return;
        }

        bool onLines = _text.Utf8[container.Start..container.End].Contains((byte)'\n');
        if (last is null)
        {
            string indent = _text.IndentAt(container.Start);
            string inner = indent + "  ";
            string lines = string.Join("," + _newLine, added.Select(a => inner + a.Before + _layout.Write(a.Value, inner)));
            (char open, char close) = container.Kind == JsonValueKind.Object ? ('{', '}') : ('[', ']');
            _edits.Add(new JsoncEdit(container.Start, container.End, $"{open}{_newLine}{lines}{_newLine}{indent}{close}"));
            return;
        }

        (int behind, bool hasComma) = onLines ? BehindLine(last.End) : (last.End, false);
        string at = _text.IndentAt(lastStart);
        IEnumerable<string> parts = added.Select(a => (onLines ? _newLine + at : " ") + a.Before + _layout.Write(a.Value, at));
        string text = string.Join(",", parts);
        if (behind == last.End)
        {
            _edits.Add(new JsoncEdit(behind, behind, "," + text));
            return;
        }

        if (!hasComma)
        {
            _edits.Add(new JsoncEdit(last.End, last.End, ","));
        }

        _edits.Add(new JsoncEdit(behind, behind, text));
    }

    /// <summary>Behind a comma and a comment on the same line.</summary>
    private (int Position, bool HasComma) BehindLine(int position)
    {
        ReadOnlySpan<byte> text = _text.Utf8;
        bool hasComma = false;
        int at = Blanks(text, position);
        if (at < text.Length && text[at] == ',')
        {
            hasComma = true;
            position = at + 1;
            at = Blanks(text, position);
        }

        if (text[at..].StartsWith("//"u8))
        {
            int end = text[at..].IndexOfAny((byte)'\r', (byte)'\n');
            return (end < 0 ? text.Length : at + end, hasComma);
        }

        return (position, hasComma);
    }

    private void Remove(int start, int end)
    {
        ReadOnlySpan<byte> text = _text.Utf8;
        int lineStart = _text.LineStart(start);
        bool ownLine = text[lineStart..start].IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;
        int at = Blanks(text, end);
        end = at < text.Length && text[at] == ',' ? at + 1 : end;
        at = Blanks(text, end);
        if (ownLine && text[at..].StartsWith("//"u8))
        {
            int newLine = text[at..].IndexOf((byte)'\n');
            at = newLine < 0 ? text.Length : at + newLine;
        }

        if (ownLine && at < text.Length && text[at] is (byte)'\r' or (byte)'\n')
        {
            end = at + (text[at..].StartsWith("\r\n"u8) ? 2 : 1);
            start = lineStart;
        }
        else if (!ownLine)
        {
            end = at;
        }

        _edits.Add(new JsoncEdit(start, end, ""));
    }

    private static int Blanks(ReadOnlySpan<byte> text, int position)
    {
        while (position < text.Length && text[position] is (byte)' ' or (byte)'\t')
        {
            position++;
        }

        return position;
    }

    private static string[]? NamesOf(JsoncNode node)
    {
        string?[] names = [.. node.Items.Select(static i => i.Member("name") is { Kind: JsonValueKind.String } name ? name.Text : null)];
        return Unique(names);
    }

    private static string[]? NamesOf(JsonElement[] items)
    {
        string?[] names = [.. items.Select(static i => i.ValueKind == JsonValueKind.Object && i.TryGetProperty("name", out JsonElement name)
            && name.ValueKind == JsonValueKind.String ? name.GetString() : null)];
        return Unique(names);
    }

    private static string[]? Unique(string?[] names) =>
        names.Any(static n => n is null) || names.Distinct(StringComparer.Ordinal).Count() < names.Length ? null : [.. names.OfType<string>()];
}
