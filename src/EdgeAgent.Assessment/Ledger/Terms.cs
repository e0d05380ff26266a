namespace EdgeAgent.Assessment.Ledger;

/// <summary>The words by which a ledger names the members of one enumeration: the Chinese label first, then what else is accepted.</summary>
internal sealed class Terms<T>
    where T : struct, Enum
{
    private readonly Dictionary<string, T> byWord = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<T, string> labels = [];

    public Terms(params (T Value, string Label, string[] Others)[] entries)
    {
        foreach ((T value, string label, string[] others) in entries)
        {
            labels.Add(value, label);
            byWord.Add(label, value);
            foreach (string other in others)
            {
                byWord.Add(other, value);
            }
        }

        Expected = "one of " + string.Join(", ", entries.Select(e => e.Label));
    }

    /// <summary>What to tell somebody whose word is not known.</summary>
    public string Expected { get; }

    public bool TryParse(string word, out T value) => byWord.TryGetValue(word, out value);

    public string Label(T value) => labels[value];
}
