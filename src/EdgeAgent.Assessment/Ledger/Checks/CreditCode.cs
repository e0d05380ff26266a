namespace EdgeAgent.Assessment.Ledger;

/// <summary>统一社会信用代码: 18 characters, the last of which checks the others (GB 32100-2015).</summary>
public static class CreditCode
{
    private const int Length = 18;

    /// <summary>Digits and capital letters without I, O, S, V and Z; a character's value is its place (GB 32100-2015, table 2).</summary>
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private const int Modulus = 31;
    private const int WeightBase = 3;

    /// <summary>What is wrong with a code, or null when its check digit is right.</summary>
    public static string? Problem(string code)
    {
        if (code.Length != Length)
        {
            return $"has {code.Length} characters; 18 expected";
        }

        int sum = 0;
        int weight = 1;
        for (int i = 0; i < Length - 1; i++)
        {
            int value = Alphabet.IndexOf(code[i], StringComparison.Ordinal);
            if (value < 0)
            {
                return $"has '{LedgerCell.Show(code[i].ToString())}' at place {i + 1}; digits and capital letters without I, O, S, V, Z expected";
            }

            sum += value * weight;
            weight = weight * WeightBase % Modulus;
        }

        char check = Alphabet[(Modulus - (sum % Modulus)) % Modulus];
        return code[^1] == check ? null : $"has a wrong check digit: {check} expected at its end, or another character was mistyped";
    }
}
