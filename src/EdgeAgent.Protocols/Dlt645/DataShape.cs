namespace EdgeAgent.Protocols.Dlt645;

/// <summary>What the bytes of a data item mean.</summary>
public enum DataShape : byte
{
    /// <summary>BCD digits with a decimal point.</summary>
    Number,

    /// <summary>BCD digits that are a name or a date, the highest first: <c>26112207</c>.</summary>
    Digits,

    /// <summary>Single bits, as in status words; the lowest byte first.</summary>
    Bits,
}

/// <summary>How a data item lies in its bytes.</summary>
/// <param name="Bytes">How many it fills.</param>
/// <param name="Decimals">Digits behind the point, for numbers.</param>
/// <param name="IsSigned">The highest bit is a sign, for numbers.</param>
public readonly record struct DataFormat(int Bytes, int Decimals = 0, bool IsSigned = false, DataShape Shape = DataShape.Number);

/// <summary>A data item that the standard names.</summary>
public sealed record DataItem(string Name, string Unit, DataFormat Format);
