using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Migration;

/// <summary>Neuron's types: their names by number, and ours by name.</summary>
internal static class NeuronType
{
    private static readonly string[] s_names =
    [
        "", "INT8", "UINT8", "INT16", "UINT16", "INT32", "UINT32", "INT64", "UINT64", "FLOAT", "DOUBLE", "BIT", "BOOL", "STRING", "BYTES", "ERROR", "WORD", "DWORD", "LWORD",
    ];

    public static string Of(int number) => number > 0 && number < s_names.Length ? s_names[number] : $"number {number}";

    /// <summary>Null for a type that we have not.</summary>
    public static TagType? ToOurs(string name) => name switch
    {
        "INT8" => TagType.Int8,
        "UINT8" => TagType.UInt8,
        "INT16" => TagType.Int16,
        "UINT16" or "WORD" => TagType.UInt16,
        "INT32" => TagType.Int32,
        "UINT32" or "DWORD" => TagType.UInt32,
        "INT64" => TagType.Int64,
        "UINT64" or "LWORD" => TagType.UInt64,
        "FLOAT" => TagType.Float32,
        "DOUBLE" => TagType.Float64,
        "BIT" or "BOOL" => TagType.Bool,
        "STRING" => TagType.String,
        "BYTES" => TagType.Bytes,
        _ => null,
    };
}
