using System.Text;
using System.Text.Json;

namespace EdgeAgent.Core.Configuration;

/// <summary>A JSON text with comments and trailing commas, taken apart without losing where anything stands.</summary>
public sealed class JsoncText
{
    private readonly byte[] _utf8;

    private JsoncText(byte[] utf8, JsoncNode root, IReadOnlyList<JsoncComment> comments) => (_utf8, Root, Comments) = (utf8, root, comments);

    public ReadOnlySpan<byte> Utf8 => _utf8;

    public JsoncNode Root { get; }

    public IReadOnlyList<JsoncComment> Comments { get; }

    /// <summary>Whether lines end as on Windows.</summary>
    public bool HasCarriageReturns => _utf8.AsSpan().IndexOf("\r\n"u8) >= 0;

    /// <summary>Null when the text is no such JSON; checking the configuration tells where it is wrong.</summary>
    public static JsoncText? Parse(ReadOnlySpan<byte> utf8)
    {
        byte[] bytes = (utf8.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8).ToArray();
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 64 });
            reader.Read();
            JsoncNode root = Value(ref reader);
            reader.Read();
            return new JsoncText(bytes, root, CommentsIn(bytes));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The text with changes made; they do not overlap.</summary>
    public byte[] With(IEnumerable<JsoncEdit> edits)
    {
        using var result = new MemoryStream(_utf8.Length + 1024);
        int position = 0;
        foreach (JsoncEdit edit in edits.OrderBy(static e => e.Start).ThenBy(static e => e.End))
        {
            result.Write(_utf8, position, edit.Start - position);
            result.Write(Encoding.UTF8.GetBytes(edit.Text));
            position = edit.End;
        }

        result.Write(_utf8, position, _utf8.Length - position);
        return result.ToArray();
    }

    /// <summary>The whitespace with which the line of a byte begins.</summary>
    public string IndentAt(int position)
    {
        int start = LineStart(position);
        int end = start;
        while (end < _utf8.Length && _utf8[end] is (byte)' ' or (byte)'\t')
        {
            end++;
        }

        return Encoding.ASCII.GetString(_utf8, start, end - start);
    }

    public int LineStart(int position)
    {
        int newLine = _utf8.AsSpan(0, position).LastIndexOf((byte)'\n');
        return newLine + 1;
    }

    private static JsoncNode Value(ref Utf8JsonReader reader)
    {
        int start = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<JsoncMember>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    int nameStart = (int)reader.TokenStartIndex;
                    string name = reader.GetString() ?? "";
                    reader.Read();
                    members.Add(new JsoncMember(name, nameStart, Value(ref reader)));
                }

                return new JsoncNode(JsonValueKind.Object, start, (int)reader.BytesConsumed) { Members = members };
            case JsonTokenType.StartArray:
                var items = new List<JsoncNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Value(ref reader));
                }

                return new JsoncNode(JsonValueKind.Array, start, (int)reader.BytesConsumed) { Items = items };
            case JsonTokenType.String:
                return new JsoncNode(JsonValueKind.String, start, (int)reader.BytesConsumed, reader.GetString() ?? "");
            case JsonTokenType.Number:
                return new JsoncNode(JsonValueKind.Number, start, (int)reader.BytesConsumed, Encoding.ASCII.GetString(reader.ValueSpan));
            default:
                JsonValueKind kind = reader.TokenType switch
                {
                    JsonTokenType.True => JsonValueKind.True,
                    JsonTokenType.False => JsonValueKind.False,
                    _ => JsonValueKind.Null,
                };
                return new JsoncNode(kind, start, (int)reader.BytesConsumed);
        }
    }

    private static List<JsoncComment> CommentsIn(byte[] utf8)
    {
        var comments = new List<JsoncComment>();
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Allow, AllowTrailingCommas = true, MaxDepth = 64 });
        int line = 1, counted = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Comment)
            {
                int start = (int)reader.TokenStartIndex;
                line += utf8.AsSpan(counted, start - counted).Count((byte)'\n');
                counted = start;
                comments.Add(new JsoncComment(start, line, reader.GetComment().Trim()));
            }
        }

        return comments;
    }
}

/// <summary>A comment of a configuration file.</summary>
/// <param name="Line">Its line, from 1.</param>
public sealed record JsoncComment(int Start, int Line, string Text);

/// <summary>Bytes to replace by a text; an empty range inserts.</summary>
public readonly record struct JsoncEdit(int Start, int End, string Text);
