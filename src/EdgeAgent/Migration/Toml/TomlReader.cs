using System.Globalization;
using System.Text;

namespace EdgeAgent.Migration.Toml;

/// <summary>Reads TOML 1.0 as far as configurations use it: tables, arrays of tables, dotted and quoted keys, strings of all four kinds,
/// numbers, booleans, arrays and inline tables. Dates are given as text.</summary>
internal sealed class TomlReader
{
    private const int DepthMax = 64;
    private readonly string _text;
    private int _at;
    private int _depth;

    private TomlReader(string text) => _text = text;

    /// <exception cref="MigrationException">It is no TOML; the message names the line.</exception>
    public static TomlTable Read(string text) => new TomlReader(text.TrimStart('\uFEFF').ReplaceLineEndings("\n")).ReadDocument();

    private TomlTable ReadDocument()
    {
        TomlTable root = new();
        TomlTable current = root;
        SkipBlank(lines: true);
        while (_at < _text.Length)
        {
            if (Peek() == '[')
            {
                current = ReadHeader(root);
            }
            else
            {
                ReadPair(current);
            }

            SkipBlank(lines: false);
            if (_at < _text.Length && Peek() != '\n')
            {
                throw Failure("something follows where the line should end");
            }

            SkipBlank(lines: true);
        }

        return root;
    }

    private TomlTable ReadHeader(TomlTable root)
    {
        _at++;
        bool isArray = Peek() == '[';
        _at += isArray ? 1 : 0;
        List<string> path = ReadKey();
        Expect(']');
        if (isArray)
        {
            Expect(']');
        }

        TomlTable parent = Descend(root, path[..^1]);
        string name = path[^1];
        if (!isArray)
        {
            return Descend(parent, [name]);
        }

        if (parent.Find(name) is not List<object> list)
        {
            list = [];
            if (!parent.TryAdd(name, list))
            {
                throw Failure($"'{name}' is there already and is no array of tables");
            }
        }

        TomlTable table = new();
        list.Add(table);
        return table;
    }

    private void ReadPair(TomlTable into)
    {
        List<string> path = ReadKey();
        Expect('=');
        object value = ReadValue();
        if (!Descend(into, path[..^1]).TryAdd(path[^1], value))
        {
            throw Failure($"'{path[^1]}' is given twice");
        }
    }

    /// <summary>The table at a path, made as far as it is not there; of an array of tables the last one.</summary>
    private TomlTable Descend(TomlTable from, List<string> path)
    {
        TomlTable table = from;
        foreach (string step in path)
        {
            TomlTable? next = table.Table(step);
            if (next is null)
            {
                next = new TomlTable();
                if (!table.TryAdd(step, next))
                {
                    throw Failure($"'{step}' is there already and is no table");
                }
            }

            table = next;
        }

        return table;
    }

    private List<string> ReadKey()
    {
        List<string> path = [];
        do
        {
            SkipBlank(lines: false);
            if (Peek() is '"' or '\'')
            {
                path.Add(ReadString());
            }
            else
            {
                int start = _at;
                while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-'))
                {
                    _at++;
                }

                path.Add(_at > start ? _text[start.._at] : throw Failure("expected a name"));
            }

            SkipBlank(lines: false);
        }
        while (Accept('.'));
        return path;
    }

    private object ReadValue()
    {
        SkipBlank(lines: false);
        if (++_depth > DepthMax)
        {
            throw Failure("nested too deeply");
        }

        object value = Peek() switch
        {
            '"' or '\'' => ReadString(),
            '[' => ReadArray(),
            '{' => ReadInline(),
            _ => ReadWord(),
        };
        _depth--;
        return value;
    }

    private List<object> ReadArray()
    {
        List<object> items = [];
        _at++;
        SkipBlank(lines: true);
        while (!Accept(']'))
        {
            items.Add(ReadValue());
            SkipBlank(lines: true);
            if (!Accept(',') && Peek() != ']')
            {
                throw Failure("expected a comma or ] in the list");
            }

            SkipBlank(lines: true);
        }

        return items;
    }

    private TomlTable ReadInline()
    {
        TomlTable table = new();
        _at++;
        SkipBlank(lines: false);
        while (!Accept('}'))
        {
            ReadPair(table);
            SkipBlank(lines: false);
            if (!Accept(',') && Peek() != '}')
            {
                throw Failure("expected a comma or } in the inline table");
            }

            SkipBlank(lines: false);
        }

        return table;
    }

    private object ReadWord()
    {
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-' or '+' or '.' or ':'))
        {
            _at++;
        }

        string word = _text[start.._at];
        string digits = word.Replace("_", "", StringComparison.Ordinal);
        return word switch
        {
            "" => throw Failure("expected a value"),
            "true" => true,
            "false" => false,
            _ when long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) => whole,
            _ when digits.StartsWith("0x", StringComparison.Ordinal) && long.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long hex) => hex,
            _ when double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
            _ when char.IsAsciiDigit(word[0]) => word,
            _ => throw Failure($"'{word}' is no value; text needs quotes"),
        };
    }

    private string ReadString()
    {
        char quote = Peek();
        bool isLong = _text.AsSpan(_at).StartsWith(new string(quote, 3), StringComparison.Ordinal);
        _at += isLong ? 3 : 1;
        if (isLong)
        {
            Accept('\n');
        }

        StringBuilder text = new();
        while (_at < _text.Length && (isLong || _text[_at] != '\n'))
        {
            if (_text[_at] == quote && (!isLong || _text.AsSpan(_at).StartsWith(new string(quote, 3), StringComparison.Ordinal)))
            {
                _at += isLong ? 3 : 1;
                return text.ToString();
            }

            if (_text[_at] == '\\' && quote == '"')
            {
                ReadEscape(text);
            }
            else
            {
                text.Append(_text[_at++]);
            }
        }

        throw Failure("the text has no closing quote");
    }

    private void ReadEscape(StringBuilder text)
    {
        _at++;
        char letter = Peek();
        _at++;
        int digits = letter switch { 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            if (_at + digits > _text.Length || !int.TryParse(_text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int rune) || !Rune.IsValid(rune))
            {
                throw Failure("the escaped character is none");
            }

            _at += digits;
            text.Append(new Rune(rune).ToString());
            return;
        }

        switch (letter)
        {
            case '\n' or ' ' or '\t':
                // A backslash at the end of a line joins it with what comes next.
                while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
                {
                    _at++;
                }

                break;
            default:
                text.Append(letter switch
                {
                    'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', '"' => '"', '\\' => '\\',
                    _ => throw Failure($"\\{letter} means nothing"),
                });
                break;
        }
    }

    /// <summary>Passes over blanks and comments, and line ends when told.</summary>
    private void SkipBlank(bool lines)
    {
        while (_at < _text.Length)
        {
            if (_text[_at] is ' ' or '\t' || (lines && _text[_at] == '\n'))
            {
                _at++;
            }
            else if (_text[_at] == '#')
            {
                int end = _text.IndexOf('\n', _at);
                _at = end < 0 ? _text.Length : end;
            }
            else
            {
                return;
            }
        }
    }

    private char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private bool Accept(char wanted)
    {
        if (Peek() != wanted || _at >= _text.Length)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(char wanted)
    {
        SkipBlank(lines: false);
        if (!Accept(wanted))
        {
            throw Failure($"expected {wanted}");
        }
    }

    private MigrationException Failure(string what) => new($"line {_text.AsSpan(0, Math.Min(_at, _text.Length)).Count('\n') + 1}: {what}");
}
