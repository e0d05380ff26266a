using System.Text.Json;

namespace EdgeAgent.Protocols.Json;

/// <summary>Takes the values that a <see cref="JsonPathSet"/> finds.</summary>
public interface IJsonPathVisitor
{
    /// <param name="path">Its number in the set.</param>
    /// <param name="value">On the value's first token.</param>
    void Found(int path, in Utf8JsonReader value);
}
