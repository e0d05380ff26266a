namespace EdgeAgent.Collector.Publishing.Json;

/// <summary>Names that a route asks for: <c>*</c> stands for any text, <c>?</c> for one character; no pattern is every name.</summary>
internal static class NamePatterns
{
    public static bool Match(IReadOnlyList<string> patterns, string name) => patterns.Count == 0 || patterns.Any(pattern => IsMatch(pattern, name));

    /// <summary>Goes back to the last star when the text behind it does not fit: time is at most pattern times name.</summary>
    private static bool IsMatch(string pattern, string name)
    {
        int p = 0, n = 0, star = -1, from = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                from = n;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == name[n]))
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++from;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }
}
