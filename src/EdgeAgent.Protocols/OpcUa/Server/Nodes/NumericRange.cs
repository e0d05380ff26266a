using System.Globalization;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>Which elements of an array or matrix are meant, such as `2`, `0:4` or `1,0:2` (OPC 10000-4 §7.27).</summary>
internal readonly struct NumericRange
{
    private readonly (int First, int Last)[] _bounds;

    private NumericRange((int First, int Last)[] bounds) => _bounds = bounds;

    public static bool TryParse(string text, out NumericRange range)
    {
        string[] parts = text.Split(',');
        var bounds = new (int First, int Last)[parts.Length];
        range = new NumericRange(bounds);
        for (int i = 0; i < parts.Length; i++)
        {
            string[] ends = parts[i].Split(':');
            if (ends.Length > 2 || !TryNumber(ends[0], out int first) || !TryNumber(ends[^1], out int last) || (ends.Length == 2 && first >= last))
            {
                return false;
            }
            bounds[i] = (first, last);
        }
        return true;
    }

    /// <summary>The elements in the range; a range that reaches beyond the end gives what is there.</summary>
    public StatusCode Apply(in Variant value, out Variant part)
    {
        part = default;
        if (value.Elements is not { } elements)
        {
            return StatusCodes.BadIndexRangeInvalid;
        }
        int[] lengths = value.Dimensions.Length > 1 ? value.Dimensions.ToArray() : [elements.Length];
        if (lengths.Length != _bounds.Length)
        {
            return StatusCodes.BadIndexRangeInvalid;
        }
        int[] counts = new int[lengths.Length];
        for (int i = 0; i < lengths.Length; i++)
        {
            counts[i] = Math.Min(_bounds[i].Last, lengths[i] - 1) - _bounds[i].First + 1;
            if (counts[i] <= 0)
            {
                return StatusCodes.BadIndexRangeNoData;
            }
        }
        Array chosen = Array.CreateInstanceFromArrayType(elements.GetType(), counts.Aggregate(1, static (product, count) => product * count));
        for (int i = 0; i < chosen.Length; i++)
        {
            Array.Copy(elements, SourceIndex(i, lengths, counts), chosen, i, 1);
        }
        part = new Variant(value.Type, chosen, counts.Length > 1 ? counts : null);
        return StatusCodes.Good;
    }

    // Rows lie one behind the other, the last dimension changes fastest.
    private int SourceIndex(int index, int[] lengths, int[] counts)
    {
        int source = 0;
        int stride = 1;
        for (int i = lengths.Length - 1; i >= 0; i--)
        {
            source += ((index % counts[i]) + _bounds[i].First) * stride;
            index /= counts[i];
            stride *= lengths[i];
        }
        return source;
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
