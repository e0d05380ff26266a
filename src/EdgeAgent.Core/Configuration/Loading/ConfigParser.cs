using System.Text;
using System.Text.Json;

namespace EdgeAgent.Core.Configuration;

/// <summary>Parses JSON with comments and trailing commas into nodes with line numbers.</summary>
internal ref struct ConfigParser
{
    private static readonly JsonReaderOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 64,
    };

    private readonly ReadOnlySpan<byte> _utf8;
    private Utf8JsonReader _reader;
    private int _counted;
    private int _line;

    private ConfigParser(ReadOnlySpan<byte> utf8)
    {
        _utf8 = utf8;
        _reader = new Utf8JsonReader(utf8, Options);
        _line = 1;
    }

    /// <summary>Null when the text is no JSON; the error then says where.</summary>
    public static ConfigNode? Parse(ReadOnlySpan<byte> utf8, ConfigErrors errors)
    {
        if (utf8.StartsWith(Encoding.UTF8.Preamble))
        {
            utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        }

        var parser = new ConfigParser(utf8);
        try
        {
            parser._reader.Read();
            ConfigNode root = parser.Value();
            // Anything but comments behind the value is an error that the reader reports.
            parser._reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            int line = (int)Math.Min(e.LineNumber ?? 0, int.MaxValue - 1) + 1;
            long column = (e.BytePositionInLine ?? 0) + 1;
            errors.Add(new ConfigPath($"line {line}, byte {column}"), WithoutPosition(e.Message), "JSON (comments and trailing commas are allowed)",
                "look for a missing quote, comma or bracket there or just before");
        }
        catch (InvalidOperationException)
        {
            // What the reader throws for text that is no UTF-8, or half a surrogate pair.
            errors.Add(new ConfigPath($"line {parser._line}"), "a text is not valid UTF-8", "a file in UTF-8", "save the file as UTF-8 in the editor");
        }

        return null;
    }

    private ConfigNode Value()
    {
        int line = LineHere();
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<ConfigMember>();
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
                {
                    int nameLine = LineHere();
                    string name = _reader.GetString() ?? "";
                    _reader.Read();
                    members.Add(new ConfigMember(name, nameLine, Value()));
                }

                return new ConfigNode(JsonValueKind.Object, line) { Members = members };
            case JsonTokenType.StartArray:
                var items = new List<ConfigNode>();
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Value());
                }

                return new ConfigNode(JsonValueKind.Array, line) { Items = items };
            case JsonTokenType.String:
                return new ConfigNode(JsonValueKind.String, line, _reader.GetString() ?? "");
            case JsonTokenType.Number:
                return new ConfigNode(JsonValueKind.Number, line, Encoding.ASCII.GetString(_reader.ValueSpan));
            case JsonTokenType.True:
                return new ConfigNode(JsonValueKind.True, line);
            case JsonTokenType.False:
                return new ConfigNode(JsonValueKind.False, line);
            default:
                return new ConfigNode(JsonValueKind.Null, line);
        }
    }

    private int LineHere()
    {
        int start = (int)_reader.TokenStartIndex;
        _line += _utf8[_counted..start].Count((byte)'\n');
        _counted = start;
        return _line;
    }

    private static string WithoutPosition(string message)
    {
        int position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (position < 0 ? message : message[..position]).TrimEnd('.');
    }
}
