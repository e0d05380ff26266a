using System.Text;
using System.Text.RegularExpressions;

namespace EdgeAgent.Web.Wording;

/// <summary>A sentence of the program with places for what differs, and the same in Chinese.</summary>
internal sealed partial class Phrase
{
    private readonly string[] _literals;
    private readonly string[] _names;
    private readonly bool[] _nested;
    private readonly string _chinese;

    private Phrase(string english, string[] literals, string[] names, bool[] nested, string chinese)
    {
        (English, _literals, _names, _nested, _chinese) = (english, literals, names, nested, chinese);
        Weight = literals.Sum(static l => l.Length);
        HasSemicolon = literals.Any(static l => l.Contains(';', StringComparison.Ordinal));
    }

    /// <summary>The pattern as it is written.</summary>
    public string English { get; }

    /// <summary>The pattern between its places.</summary>
    public IReadOnlyList<string> Literals => _literals;

    /// <summary>How much of a sentence it fixes; what fixes more is tried first.</summary>
    public int Weight { get; }

    public bool HasSemicolon { get; }

    /// <param name="english">With {name} for what differs, and {name!} for what is a phrase itself.</param>
    /// <exception cref="FormatException">Braces do not fit, or the Chinese names a place that the English has not.</exception>
    public static Phrase Parse(string english, string chinese)
    {
        List<string> literals = [], names = [];
        List<bool> nested = [];
        int at = 0;
        while (english.IndexOf('{', at) is var open and >= 0)
        {
            int close = english.IndexOf('}', open);
            if (close < open)
            {
                throw new FormatException($"'{english}' has a {{ without a }}.");
            }

            string name = english[(open + 1)..close];
            literals.Add(english[at..open]);
            names.Add(name.TrimEnd('!'));
            nested.Add(name.EndsWith('!'));
            at = close + 1;
        }

        literals.Add(english[at..]);
        return Places().Matches(chinese).Select(static m => m.Groups[1].Value).FirstOrDefault(name => !names.Contains(name)) is { } unknown
            ? throw new FormatException($"'{chinese}' names {{{unknown}}}, which '{english}' has not.")
            : new Phrase(english, [.. literals], [.. names], [.. nested], chinese);
    }

    /// <returns>The sentence in Chinese; null when this is another one.</returns>
    /// <param name="translate">For places that are phrases themselves; null when there is no Chinese for one.</param>
    /// <param name="mayNotHold">What makes a sentence two, so that it cannot be inside of what merely differs; null for anything.</param>
    public string? Apply(string sentence, Func<string, string?> translate, string? mayNotHold = null)
    {
        string[] parts = new string[_names.Length];
        if (!sentence.StartsWith(_literals[0], StringComparison.Ordinal) || !TrySplit(sentence, parts))
        {
            return null;
        }

        for (int i = 0; i < parts.Length; i++)
        {
            if (_nested[i])
            {
                if (translate(parts[i]) is not { } known)
                {
                    return null;
                }

                parts[i] = known;
            }
            else if (mayNotHold is not null && parts[i].Contains(mayNotHold, StringComparison.Ordinal))
            {
                return null;
            }
        }

        StringBuilder text = new(_chinese);
        for (int i = 0; i < parts.Length; i++)
        {
            text.Replace('{' + _names[i] + '}', parts[i]);
        }

        return text.ToString();
    }

    /// <summary>Each place takes as little as it can, and at least one character.</summary>
    private bool TrySplit(string sentence, string[] parts)
    {
        int at = _literals[0].Length;
        for (int i = 0; i < parts.Length; i++)
        {
            string literal = _literals[i + 1];
            bool isLast = i == parts.Length - 1;
            int next = isLast
                ? sentence.EndsWith(literal, StringComparison.Ordinal) ? sentence.Length - literal.Length : -1
                : at + 1 <= sentence.Length ? sentence.IndexOf(literal, at + 1, StringComparison.Ordinal) : -1;
            if (next <= at)
            {
                return false;
            }

            parts[i] = sentence[at..next];
            at = next + literal.Length;
        }

        return at == sentence.Length;
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Places();
}
