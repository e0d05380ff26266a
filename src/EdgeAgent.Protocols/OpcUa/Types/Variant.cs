using System.Collections;

namespace EdgeAgent.Protocols.OpcUa;

/// <summary>
/// A value of any built-in type, or an array or matrix of them. Numbers, times and status codes live in the structure itself,
/// so reading them allocates nothing.
/// </summary>
public readonly partial struct Variant : IEquatable<Variant>
{
    private readonly long _bits;
    private readonly object? _reference;
    private readonly int[]? _dimensions;

    internal Variant(BuiltInType type, long bits)
    {
        Type = type;
        _bits = bits;
    }

    internal Variant(BuiltInType type, object? reference)
    {
        Type = type;
        _reference = reference;
    }

    internal Variant(BuiltInType type, Array? elements, int[]? dimensions)
    {
        Type = type;
        IsArray = true;
        _reference = elements;
        _dimensions = dimensions;
    }

    /// <summary>The type of the value, or of the elements of an array.</summary>
    public BuiltInType Type { get; }

    public bool IsArray { get; }

    /// <summary>There is no value at all, or a text, byte string or array that is null.</summary>
    public bool IsNull => Type == BuiltInType.Null || (_reference is null && (IsArray || !IsInline(Type)));

    /// <summary>The elements, a matrix row by row, as an array of the .NET type that belongs to <see cref="Type"/>; null for a scalar.</summary>
    public Array? Elements => IsArray ? (Array?)_reference : null;

    /// <summary>The lengths of a matrix's dimensions; empty for scalars and plain arrays.</summary>
    public ReadOnlySpan<int> Dimensions => _dimensions;

    internal long Bits => _bits;

    internal object? Reference => _reference;

    public bool Equals(Variant other) => Type == other.Type && IsArray == other.IsArray && _bits == other._bits
        && Dimensions.SequenceEqual(other.Dimensions)
        && StructuralComparisons.StructuralEqualityComparer.Equals(_reference, other._reference);

    public override bool Equals(object? obj) => obj is Variant other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Type, IsArray, _bits,
        _reference is null ? 0 : StructuralComparisons.StructuralEqualityComparer.GetHashCode(_reference));

    public static bool operator ==(Variant left, Variant right) => left.Equals(right);

    public static bool operator !=(Variant left, Variant right) => !left.Equals(right);

    /// <summary>Types whose value is in the structure, not behind a reference.</summary>
    internal static bool IsInline(BuiltInType type) => type is >= BuiltInType.Boolean and <= BuiltInType.Double
        or BuiltInType.DateTime or BuiltInType.StatusCode;
}
