namespace EdgeAgent.Collector.Publishing.Json;

/// <summary>The kinds of steps of a compiled template.</summary>
internal enum JsonStepKind : byte
{
    /// <summary>Bytes as they are.</summary>
    Literal,
    /// <summary>A comma, unless the object or list is still empty.</summary>
    Separator,
    /// <summary>A field inside a text.</summary>
    Text,
    /// <summary>A field that is a value of its own.</summary>
    Value,
    /// <summary>The steps that follow, once for each reading of the message.</summary>
    Repeat,
}

/// <summary>Which readings a repetition takes.</summary>
internal enum JsonOnly : byte
{
    All,
    WithValue,
    WithoutValue,
}

/// <summary>One step of a compiled template.</summary>
/// <param name="Count">How many of the steps that follow are repeated.</param>
internal readonly record struct JsonStep(JsonStepKind Kind, byte[] Literal, JsonField Field = default, int Count = 0, JsonOnly Only = default);
