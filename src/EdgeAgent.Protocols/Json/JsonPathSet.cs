using System.Text.Json;

namespace EdgeAgent.Protocols.Json;

/// <summary>Finds the values of many paths in one reading of a document.</summary>
/// <remarks>Paths that begin alike share their way. Each finds what <see cref="JsonPath.TryFind"/> finds. Reading allocates nothing and never throws
/// on any bytes; a set serves one caller at a time.</remarks>
public sealed class JsonPathSet
{
    private readonly Node _root = new(default);
    private long _document;

    /// <param name="paths">Their places in the list are their numbers.</param>
    public JsonPathSet(IReadOnlyList<JsonPath> paths)
    {
        for (int i = 0; i < paths.Count; i++)
        {
            Node node = _root;
            foreach (JsonPath.Step step in paths[i].Steps)
            {
                node = node.ChildOf(step);
            }

            node.Paths.Add(i);
        }
    }

    /// <summary>Reads a document to its end and hands out what was found, in the document's order, each path at most once.</summary>
    /// <returns>False when the bytes are not one whole document; what was found before must then be thrown away.</returns>
    public bool TryVisit<TVisitor>(ReadOnlySpan<byte> json, ref TVisitor visitor)
        where TVisitor : IJsonPathVisitor
    {
        _document++;
        var reader = new Utf8JsonReader(json, JsonPath.Options);
        try
        {
            if (!reader.Read())
            {
                return false;
            }

            Walk(ref reader, _root, ref visitor);
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>From the first token of a value to its last.</summary>
    private void Walk<TVisitor>(ref Utf8JsonReader reader, Node node, ref TVisitor visitor)
        where TVisitor : IJsonPathVisitor
    {
        foreach (int path in node.Paths)
        {
            visitor.Found(path, reader);
        }

        if (node.Children.Count > 0 && reader.TokenType == JsonTokenType.StartObject)
        {
            WalkMembers(ref reader, node, ref visitor);
        }
        else if (node.Children.Count > 0 && reader.TokenType == JsonTokenType.StartArray)
        {
            WalkElements(ref reader, node, ref visitor);
        }
        else
        {
            reader.Skip();
        }
    }

    private void WalkMembers<TVisitor>(ref Utf8JsonReader reader, Node node, ref TVisitor visitor)
        where TVisitor : IJsonPathVisitor
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Node? next = null;
            foreach (Node child in node.Children)
            {
                if (child.Step.Kind == JsonPath.StepKind.Member && child.Document != _document && JsonPath.TextEquals(reader, child.Step.Name))
                {
                    next = child;
                    break;
                }
            }

            reader.Read();
            if (next is null)
            {
                reader.Skip();
                continue;
            }

            next.Document = _document;
            Walk(ref reader, next, ref visitor);
        }
    }

    private void WalkElements<TVisitor>(ref Utf8JsonReader reader, Node node, ref TVisitor visitor)
        where TVisitor : IJsonPathVisitor
    {
        for (int index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            foreach (Node child in node.Children)
            {
                if (child.Document != _document && JsonPath.IsElement(child.Step, index, reader))
                {
                    // Several paths may name one element in different ways; each walks it by itself.
                    child.Document = _document;
                    Utf8JsonReader element = reader;
                    Walk(ref element, child, ref visitor);
                }
            }

            reader.Skip();
        }
    }

    private sealed class Node(JsonPath.Step step)
    {
        public JsonPath.Step Step { get; } = step;

        public List<Node> Children { get; } = [];

        public List<int> Paths { get; } = [];

        /// <summary>The last document in which this step was taken: the first match counts, later ones do not.</summary>
        public long Document { get; set; }

        public Node ChildOf(JsonPath.Step step)
        {
            Node? child = Children.Find(c => c.Step.Kind == step.Kind && c.Step.Index == step.Index && c.Step.Name.AsSpan().SequenceEqual(step.Name)
                && c.Step.Value.AsSpan().SequenceEqual(step.Value));
            if (child is null)
            {
                child = new Node(step);
                Children.Add(child);
            }

            return child;
        }
    }
}
