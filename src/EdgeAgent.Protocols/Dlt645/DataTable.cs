using System.Globalization;

namespace EdgeAgent.Protocols.Dlt645;

/// <summary>Finds what the standard says about a data identifier.</summary>
/// <remarks>Entries are patterns of hexadecimal digits with x for any digit: one line covers all tariffs and months of a quantity.
/// Identifiers with FF stand for whole blocks, which are no single value, and are not found.</remarks>
internal sealed class DataTable(int identifierBytes, params (string Pattern, DataItem Item)[] entries)
{
    private readonly (string Pattern, DataItem Item)[] _entries = entries;

    public static DataItem? Find(Dlt645Version version, uint identifier) =>
        (version == Dlt645Version.V2007 ? DataTable2007.Table : DataTable1997.Table).Find(identifier);

    private DataItem? Find(uint identifier)
    {
        var digits = identifier.ToString("X" + (2 * identifierBytes), CultureInfo.InvariantCulture);
        foreach (var (pattern, item) in _entries)
        {
            if (Fits(digits, pattern))
            {
                return item;
            }
        }

        return null;
    }

    private bool Fits(string digits, string pattern)
    {
        if (digits.Length != pattern.Length)
        {
            return false;
        }

        for (var i = 0; i < digits.Length; i++)
        {
            if (pattern[i] != 'x' && pattern[i] != digits[i])
            {
                return false;
            }

            // F in the last digit of 1997, FF in a byte of 2007: a block.
            var isBlock = identifierBytes == 2 ? digits[i] == 'F' : i % 2 == 1 && digits[i] == 'F' && digits[i - 1] == 'F';
            if (pattern[i] == 'x' && isBlock)
            {
                return false;
            }
        }

        return true;
    }
}
