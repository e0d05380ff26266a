using System.Text;
using System.Text.RegularExpressions;

namespace EdgeAgent.Tests.Web.Wording;

/// <summary>Finds the texts in C# sources that are sentences for people: string literals, with a mark where an interpolated value stands.</summary>
internal sealed partial class SourceTexts
{
    /// <summary>Stands where something is put in.</summary>
    public const char Hole = '\u0001';

    private readonly string _source;
    private readonly List<(int Start, int End, string Text)> _found = [];

    private SourceTexts(string source) => _source = source;

    /// <summary>Sentences of a file, each once. Texts of logs, of settings' descriptions and of mistakes of the program itself are none.</summary>
    public static IReadOnlyList<string> Of(string source)
    {
        SourceTexts texts = new(source);
        texts.Scan();
        return [.. texts.Whole().Where(t => Words().IsMatch(t.Text) && !Internal().IsMatch(texts.LineBefore(t.Start))).Select(static t => t.Text).Distinct()];
    }

    private string LineBefore(int at) => _source[(_source.LastIndexOf('\n', Math.Max(0, at - 1)) + 1)..at];

    private void Scan()
    {
        for (int i = 0; i < _source.Length;)
        {
            if (At(i, "//"))
            {
                i = _source.IndexOf('\n', i) is var end and >= 0 ? end : _source.Length;
            }
            else if (_source[i] == '\'')
            {
                Match character = Character().Match(_source, i);
                i += character.Success ? character.Length : 1;
            }
            else
            {
                i = Opening().Match(_source, i) is { Success: true } opening ? Literal(i, opening) : i + 1;
            }
        }
    }

    private bool At(int i, string text) => string.CompareOrdinal(_source, i, text, 0, text.Length) == 0;

    /// <returns>Where it goes on behind the literal.</returns>
    private int Literal(int start, Match opening)
    {
        bool isInterpolated = opening.Groups[1].Value.Contains('$'), isVerbatim = opening.Groups[1].Value.Contains('@');
        int i = start + opening.Length;
        string quotes = opening.Groups[2].Value;
        if (quotes.Length > 1)
        {
            return _source.IndexOf(quotes, i, StringComparison.Ordinal) + quotes.Length; // Raw texts are files, not sentences.
        }

        StringBuilder text = new();
        while (_source[i] != '"' || (isVerbatim && At(i, "\"\"")))
        {
            char c = _source[i];
            if (isInterpolated && c == '{' && !At(i, "{{"))
            {
                i = Value(i + 1);
                text.Append(Hole);
            }
            else if ((c == '\\' && !isVerbatim) || (isVerbatim && c == '"') || (isInterpolated && c is '{' or '}'))
            {
                text.Append(c == '\\' && _source[i + 1] is 'n' or 't' ? ' ' : _source[i + 1]);
                i += 2;
            }
            else
            {
                text.Append(c);
                i++;
            }
        }

        _found.Add((start, i + 1, text.ToString()));
        return i + 1;
    }

    /// <returns>Behind the brace that ends the value.</returns>
    private int Value(int i)
    {
        for (int depth = 1; depth > 0;)
        {
            if (Opening().Match(_source, i) is { Success: true } opening)
            {
                i = Literal(i, opening);
                continue;
            }

            if (_source[i] == '\'' && Character().Match(_source, i) is { Success: true } character)
            {
                i += character.Length;
                continue;
            }

            depth += _source[i] is '{' or '(' ? 1 : _source[i] is '}' or ')' ? -1 : 0;
            i++;
        }

        return i;
    }

    /// <summary>Literals that are added to each other are one text.</summary>
    private IEnumerable<(int Start, string Text)> Whole()
    {
        Dictionary<int, (int End, string Text)> rest = _found.ToDictionary(static f => f.Start, static f => (f.End, f.Text));
        foreach (int start in _found.Select(static f => f.Start).Order())
        {
            if (!rest.Remove(start, out (int End, string Text) whole))
            {
                continue;
            }

            while (Plus().Match(_source, whole.End) is { Success: true } plus && rest.Remove(whole.End + plus.Length, out (int End, string Text) next))
            {
                whole = (next.End, whole.Text + next.Text);
            }

            yield return (start, whole.Text);
        }
    }

    [GeneratedRegex("""\G([$@]*)("{3,}|")""")]
    private static partial Regex Opening();

    [GeneratedRegex(@"\G'(\\[^']+|\\'|[^'\\])'")]
    private static partial Regex Character();

    [GeneratedRegex(@"\G\s*\+\s*")]
    private static partial Regex Plus();

    /// <summary>At least a word and something beside it.</summary>
    [GeneratedRegex("[a-z]{2,} | [a-z]{2,}")]
    private static partial Regex Words();

    [GeneratedRegex(@"LoggerMessage|Message = |Description\(|ArgumentException|InvalidOperationException|InvalidDataException")]
    private static partial Regex Internal();
}
