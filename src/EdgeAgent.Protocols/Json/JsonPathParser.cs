using System.Globalization;

namespace EdgeAgent.Protocols.Json;

/// <summary>Reads the text of a <see cref="JsonPath"/>.</summary>
internal sealed class JsonPathParser(string text)
{
    /// <summary>A path of more steps than a document may be deep finds nothing.</summary>
    private const int StepsMax = 64;

    private int _at;

    public string Problem { get; private set; } = "";

    public bool TryParse(out List<JsonPath.Step> steps)
    {
        steps = [];
        if (text.Length == 0)
        {
            return Fail("the path is empty; '$' is the whole document");
        }

        if (text[0] == '$')
        {
            _at = 1;
        }
        else if (text[0] != '[' && !TryName(steps))
        {
            return false;
        }

        while (_at < text.Length)
        {
            bool read = text[_at] switch
            {
                '.' => Skip() && TryName(steps),
                '[' => Skip() && TryBracket(steps),
                _ => Fail($"'{text[_at]}' at position {_at + 1}; expected '.' or '['"),
            };
            if (!read)
            {
                return false;
            }
        }

        return steps.Count <= StepsMax || Fail($"more than {StepsMax} steps");
    }

    private bool Skip()
    {
        _at++;
        return true;
    }

    private bool TryName(List<JsonPath.Step> steps)
    {
        int end = text.AsSpan(_at).IndexOfAny('.', '[');
        end = end < 0 ? text.Length : _at + end;
        if (end == _at)
        {
            return Fail($"a name is missing at position {_at + 1}");
        }

        steps.Add(JsonPath.Step.Member(text[_at..end]));
        _at = end;
        return true;
    }

    private bool TryBracket(List<JsonPath.Step> steps)
    {
        if (_at < text.Length && text[_at] is '\'' or '"')
        {
            return TryQuoted(out string name) && TryClose() && Add(steps, JsonPath.Step.Member(name));
        }

        int end = text.IndexOf(']', _at);
        if (end < 0)
        {
            return Fail("']' is missing");
        }

        string inside = text[_at..end];
        int equals = inside.IndexOf('=');
        if (equals < 0)
        {
            _at = end + 1;
            return int.TryParse(inside, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                ? Add(steps, JsonPath.Step.At(index))
                : Fail($"'[{inside}]': expected an index such as [0], ['name'], or [name=value]");
        }

        string member = inside[..equals].Trim();
        if (member.Length == 0)
        {
            return Fail("a name is missing before '='");
        }

        _at += equals + 1;
        if (_at < text.Length && text[_at] is '\'' or '"')
        {
            return TryQuoted(out string quoted) && TryClose() && Add(steps, JsonPath.Step.Where(member, quoted));
        }

        _at = end + 1;
        return Add(steps, JsonPath.Step.Where(member, inside[(equals + 1)..].Trim()));
    }

    private bool TryQuoted(out string value)
    {
        char quote = text[_at];
        int end = text.IndexOf(quote, _at + 1);
        value = end < 0 ? "" : text[(_at + 1)..end];
        if (end < 0)
        {
            return Fail($"the closing {quote} is missing");
        }

        _at = end + 1;
        return true;
    }

    private bool TryClose() => _at < text.Length && text[_at] == ']' ? Skip() : Fail("']' is missing");

    private static bool Add(List<JsonPath.Step> steps, in JsonPath.Step step)
    {
        steps.Add(step);
        return true;
    }

    private bool Fail(string problem)
    {
        Problem = problem;
        return false;
    }
}
