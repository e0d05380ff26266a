using System.Collections.Concurrent;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Wording;

/// <summary>Chinese for what the program, its drivers and its checks say in English.</summary>
/// <remarks>What is not in the book stays English: a sentence that nobody put into the book is still better than none.</remarks>
internal sealed class Phrasebook
{
    private static readonly string[] Resources = ["EdgeAgent.Wording.phrases", "EdgeAgent.Wording.settings"];

    /// <summary>Longer texts are no sentences.</summary>
    private const int CharsMax = 4_000;

    private const string Semicolon = "; ";

    /// <summary>A plant's devices say the same again and again; texts with numbers that change push the others out now and then.</summary>
    private const int KnownMax = 1_024;

    private readonly Phrase[] _phrases;
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    private Phrasebook(IEnumerable<Phrase> phrases) => _phrases = [.. phrases.OrderByDescending(static p => p.Weight)];

    public static Phrasebook Chinese { get; } = Load();

    public IReadOnlyList<Phrase> Phrases => _phrases;

    /// <summary>Pairs of lines, English and Chinese; empty lines and lines that begin with # are between them.</summary>
    /// <exception cref="FormatException">A line has no partner, or a pattern is wrong.</exception>
    public static Phrasebook Parse(string text)
    {
        string[] lines = [.. text.Split('\n').Select(static l => l.TrimEnd('\r')).Where(static l => l.Length > 0 && l[0] != '#')];
        return lines.Length % 2 == 0
            ? new Phrasebook(lines.Chunk(2).Select(static pair => Phrase.Parse(pair[0], pair[1])))
            : throw new FormatException($"'{lines[^1]}' has no Chinese.");
    }

    /// <summary>A text in both languages.</summary>
    public ApiText Both(string english) => new(Of(english), english);

    /// <summary>The text in the language that the request prefers.</summary>
    public string For(HttpContext context, string english) => Both(english).For(context);

    /// <summary>The text in Chinese, as far as the book goes.</summary>
    public string Of(string english) => english.Length is 0 or > CharsMax ? english : Remembered(english);

    /// <summary>The text in Chinese; null when there is no text, or the book has nothing for it.</summary>
    public string? Known(string? english) =>
        english is not null && Of(english) is var chinese && !string.Equals(chinese, english, StringComparison.Ordinal) ? chinese : null;

    private string Remembered(string english)
    {
        if (!_known.TryGetValue(english, out string? chinese))
        {
            chinese = Find(english) ?? english;
            if (_known.Count >= KnownMax)
            {
                _known.Clear();
            }

            _known[english] = chinese;
        }

        return chinese;
    }

    private string? Find(string english)
    {
        if (english.Length == 0)
        {
            return null;
        }

        if (english.Contains('\n', StringComparison.Ordinal))
        {
            return Joined(english, "\n", "\n");
        }

        // A phrase that has the semicolon itself means the whole, and so does one that has it in a part that is a phrase again;
        // any other would take it for a part of what differs.
        return english.Contains(Semicolon, StringComparison.Ordinal)
            ? First(english, static p => p.HasSemicolon) ?? First(english, static p => !p.HasSemicolon, Semicolon)
                ?? Joined(english, Semicolon, "；") ?? First(english, static p => !p.HasSemicolon)
            : First(english, static _ => true);
    }

    private string? First(string english, Func<Phrase, bool> among, string? mayNotHold = null) =>
        _phrases.Where(among).Select(phrase => phrase.Apply(english, Find, mayNotHold)).FirstOrDefault(static chinese => chinese is not null);

    /// <summary>Several sentences in one text: each for itself, if at least one is known.</summary>
    private string? Joined(string english, string separator, string between)
    {
        string[] parts = english.Split(separator, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2)
        {
            return null;
        }

        string?[] known = [.. parts.Select(Find)];
        return known.Any(static part => part is not null) ? string.Join(between, known.Select((part, i) => part ?? parts[i])) : null;
    }

    private static Phrasebook Load() => Parse(string.Join('\n', Resources.Select(static name =>
    {
        using Stream stream = typeof(Phrasebook).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException("The phrases are not built in.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    })));
}
