namespace EdgeAgent.Core.Configuration;

/// <summary>Finds what someone probably meant to write.</summary>
internal static class Similar
{
    /// <summary>The candidate nearest to the word, when it is near enough to be a slip of the keyboard; otherwise null.</summary>
    public static string? Find(string word, IEnumerable<string> candidates)
    {
        // A third of the letters wrong is still recognizable; more is another word. Long garbage is not compared at all.
        int limit = Math.Max(1, Math.Min(word.Length, 24) / 3);
        string? best = null;
        if (word.Length is 0 or > 64)
        {
            return null;
        }

        foreach (string candidate in candidates)
        {
            if (string.Equals(candidate, word, StringComparison.OrdinalIgnoreCase))
            {
                return candidate;
            }

            // An abbreviation.
            if (word.Length >= 3 && best is null && candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return candidate;
            }

            if (candidate.Length > 64 || Math.Abs(candidate.Length - word.Length) > limit)
            {
                continue;
            }

            int distance = Distance(word, candidate);
            if (distance <= limit && (best is null || distance < Distance(word, best)))
            {
                best = candidate;
            }
        }

        return best;
    }

    /// <summary>"did you mean 'x'?", or else the given advice.</summary>
    public static string Advice(string word, IEnumerable<string> candidates, string otherwise) =>
        Find(word, candidates) is { } meant ? $"did you mean '{meant}'?" : otherwise;

    /// <summary>Edits (insert, delete, replace, swap of neighbours) between two short words, without regard to case.</summary>
    private static int Distance(string a, string b)
    {
        Span<int> twoBack = stackalloc int[b.Length + 1];
        Span<int> before = stackalloc int[b.Length + 1];
        Span<int> now = stackalloc int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            before[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            now[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                now[j] = Math.Min(Math.Min(now[j - 1], before[j]) + 1, before[j - 1] + replace);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    now[j] = Math.Min(now[j], twoBack[j - 2] + 1);
                }
            }

            Span<int> free = twoBack;
            twoBack = before;
            before = now;
            now = free;
        }

        return before[b.Length];
    }

    private static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
