using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace EdgeAgent.Protocols.Json;

/// <summary>Finds one value in a JSON document: members, indexes, and the element of an array that has a member of a given value.</summary>
/// <remarks>The grammar is in README.md beside this file. Finding allocates nothing, reads the document once up to the value, and never throws on any bytes.</remarks>
public sealed class JsonPath
{
    private readonly Step[] _steps;

    private JsonPath(string text, Step[] steps) => (Text, _steps) = (text, steps);

    internal ReadOnlySpan<Step> Steps => _steps;

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Compiles a path.</summary>
    /// <param name="problem">What is wrong with it; empty when nothing is.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPath? path, out string problem)
    {
        path = null;
        var parser = new JsonPathParser(text);
        if (!parser.TryParse(out List<Step> steps))
        {
            problem = parser.Problem;
            return false;
        }

        problem = "";
        path = new JsonPath(text, [.. steps]);
        return true;
    }

    /// <summary>Puts the reader on the value.</summary>
    /// <param name="json">A document.</param>
    /// <param name="reader">On the value's first token when it was found.</param>
    /// <returns>False when there is no such value, or the document is broken before it.</returns>
    public bool TryFind(ReadOnlySpan<byte> json, out Utf8JsonReader reader)
    {
        reader = new Utf8JsonReader(json, Options);
        try
        {
            if (!reader.Read())
            {
                return false;
            }

            foreach (Step step in _steps)
            {
                if (!TryStep(step, ref reader))
                {
                    return false;
                }
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Deeper documents are none that a device sends.</summary>
    internal static readonly JsonReaderOptions Options = new() { MaxDepth = 64, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static bool TryStep(in Step step, ref Utf8JsonReader reader) => step.Kind switch
    {
        StepKind.Member => TryMember(step.Name, ref reader),
        StepKind.Index => TryIndex(step.Index, ref reader),
        _ => TryWhere(step, ref reader),
    };

    private static bool TryMember(byte[] name, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool found = TextEquals(reader, name);
            if (!reader.Read())
            {
                return false;
            }

            if (found)
            {
                return true;
            }

            if (!reader.TrySkip())
            {
                return false;
            }
        }

        return false;
    }

    private static bool TryIndex(int index, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index--)
        {
            if (index == 0)
            {
                return true;
            }

            if (!reader.TrySkip())
            {
                return false;
            }
        }

        return false;
    }

    private static bool TryWhere(in Step step, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Utf8JsonReader element = reader;
            if (TryMember(step.Name, ref element) && Equals(step.Value, element))
            {
                return true;
            }

            if (!reader.TrySkip())
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Whether a step into an array means the element on which the reader stands.</summary>
    internal static bool IsElement(in Step step, int index, in Utf8JsonReader reader)
    {
        if (step.Kind != StepKind.Where)
        {
            return step.Kind == StepKind.Index && step.Index == index;
        }

        Utf8JsonReader element = reader;
        return TryMember(step.Name, ref element) && Equals(step.Value, element);
    }

    /// <summary>An escape that is half of a surrogate pair makes a text that equals none.</summary>
    internal static bool TextEquals(in Utf8JsonReader reader, byte[] text)
    {
        try
        {
            return reader.ValueTextEquals(text);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool Equals(byte[] value, in Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => TextEquals(reader, value),
        JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => reader.ValueSpan.SequenceEqual(value),
        _ => false,
    };

    internal enum StepKind : byte
    {
        Member,
        Index,
        Where,
    }

    internal readonly record struct Step(StepKind Kind, byte[] Name, byte[] Value, int Index)
    {
        public static Step Member(string name) => new(StepKind.Member, Encoding.UTF8.GetBytes(name), [], 0);

        public static Step At(int index) => new(StepKind.Index, [], [], index);

        public static Step Where(string name, string value) => new(StepKind.Where, Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value), 0);
    }
}
