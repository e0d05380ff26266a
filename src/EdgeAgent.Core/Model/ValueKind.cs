namespace EdgeAgent.Core.Model;

/// <summary>The type of a value. The numbers are part of the batch format and never change.</summary>
public enum ValueKind : byte
{
    /// <summary>No value: the reading failed, and its quality says why.</summary>
    None = 0,
    Boolean = 1,
    Int64 = 2,
    UInt64 = 3,
    Float32 = 4,
    Float64 = 5,
    /// <summary>UTF-8 text, held in the arena of its batch.</summary>
    Text = 6,
    /// <summary>Bytes, held in the arena of its batch.</summary>
    Bytes = 7,
}
