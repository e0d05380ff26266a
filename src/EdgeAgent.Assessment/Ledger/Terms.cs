namespace EdgeAgent.Assessment.Ledger;

/// <summary>The words by which a ledger names the members of one enumeration: the Chinese label first, then what else is accepted.</summary>
internal sealed class Terms<T>
    where T : struct, Enum
{
    private readonly Dictionary<string, T> _byWord = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<T, string> _labels = [];

    public Terms(params (T Value, string Label, string[] Others)[] entries)
    {
        foreach ((T value, string label, string[] others) in entries)
        {
            _labels.Add(value, label);
            _byWord.Add(label, value);
            foreach (string other in others)
            {
                _byWord.Add(other, value);
            }
        }

        Expected = "one of " + string.Join(", ", entries.Select(e => e.Label));
    }

    /// <summary>What to tell somebody whose word is not known.</summary>
    public string Expected { get; }

    public bool TryParse(string word, out T value) => _byWord.TryGetValue(word, out value);

    public string Label(T value) => _labels[value];
}
