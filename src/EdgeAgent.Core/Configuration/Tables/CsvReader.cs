using System.Text;

namespace EdgeAgent.Core.Configuration;

/// <summary>Reads comma-separated rows strictly by RFC 4180: quoted cells may hold separators, quotes (doubled) and line breaks;
/// a quote anywhere else is an error with its place, and reading goes on with the next line.</summary>
/// <remarks>Line ends may be CRLF, LF or CR. Lines that are empty or, with comments, start with # are passed over.</remarks>
/// <param name="text">The whole table.</param>
/// <param name="separator">Usually a comma; Excel of some countries writes semicolons or tabs.</param>
/// <param name="hasComments">Whether # at the start of a line begins a comment; on a clipboard it begins a name like <c>#1泵</c>.</param>
public ref struct CsvReader(ReadOnlySpan<char> text, char separator, bool hasComments = true)
{
    /// <summary>Longest cell in characters; longer ones are errors, so that one missing quote does not swallow a file.</summary>
    public const int CellCharsMax = 32_767;

    private readonly ReadOnlySpan<char> _text = text;
    private readonly StringBuilder _quoted = new();
    private readonly List<int> _rowsInComments = [];
    private int _position;
    private int _nextLine = 1;
    private int _columns;

    /// <summary>Line on which the row starts, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>What is wrong with the row, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>Column (cell number, from 1) of the problem.</summary>
    public int ProblemColumn { get; private set; }

    /// <summary>Comment lines so far that look like rows: as many cells as the first row has, two or more of them filled. Names like
    /// <c>#1泵</c> are common, and Excel does not put them in quotes.</summary>
    public readonly IReadOnlyList<int> RowsInComments => _rowsInComments;

    /// <summary>Reads the next row into <paramref name="cells"/>; false at the end. A row with a <see cref="Problem"/> holds the cells before it.</summary>
    public bool TryRead(List<string> cells)
    {
        SkipEmpty();
        cells.Clear();
        Problem = null;
        if (_position >= _text.Length)
        {
            return false;
        }

        Line = _nextLine;
        while (true)
        {
            bool read = _position < _text.Length && _text[_position] == '"' ? TryQuoted(cells) : TryPlain(cells);
            if (!read)
            {
                ProblemColumn = cells.Count + 1;
                SkipLine();
                return true;
            }

            if (_position < _text.Length && _text[_position] == separator)
            {
                _position++;
                continue;
            }

            SkipLineEnd();
            _columns = _columns == 0 ? cells.Count : _columns;
            return true;
        }
    }

    /// <summary>The separator that the first row uses most, out of comma, semicolon and tab, outside quotes.</summary>
    public static char SeparatorOf(ReadOnlySpan<char> text)
    {
        // Comment lines say nothing about it.
        while (text.Length > 0 && text[0] is '#' or '\r' or '\n')
        {
            int end = text.IndexOfAny('\r', '\n');
            text = end < 0 ? default : text[(end + 1)..];
        }

        int commas = 0, semicolons = 0, tabs = 0;
        bool quoted = false;
        foreach (char c in text)
        {
            quoted ^= c == '"';
            if (!quoted && c is '\r' or '\n')
            {
                break;
            }

            commas += !quoted && c == ',' ? 1 : 0;
            semicolons += !quoted && c == ';' ? 1 : 0;
            tabs += !quoted && c == '\t' ? 1 : 0;
        }

        return tabs > commas && tabs >= semicolons ? '\t' : semicolons > commas ? ';' : ',';
    }

    private bool TryPlain(List<string> cells)
    {
        ReadOnlySpan<char> rest = _text[_position..];
        int length = rest.IndexOfAny('\r', '\n', separator);
        ReadOnlySpan<char> cell = length < 0 ? rest : rest[..length];
        if (cell.Contains('"'))
        {
            Problem = "a quote inside a cell that is not quoted";
            return false;
        }

        if (cell.Length > CellCharsMax)
        {
            Problem = $"a cell longer than {CellCharsMax} characters";
            return false;
        }

        cells.Add(cell.ToString());
        _position += cell.Length;
        return true;
    }

    private bool TryQuoted(List<string> cells)
    {
        int start = _position + 1;
        int line = _nextLine;
        _quoted.Clear();
        while (true)
        {
            int length = _text[start..].IndexOf('"');
            if (length < 0 || _quoted.Length + length > CellCharsMax)
            {
                Problem = length < 0 ? "a quoted cell that never ends" : $"a cell longer than {CellCharsMax} characters";
                return false;
            }

            _quoted.Append(_text.Slice(start, length));
            start += length + 1;
            if (start < _text.Length && _text[start] == '"')
            {
                _quoted.Append('"');
                start++;
                continue;
            }

            break;
        }

        if (start < _text.Length && _text[start] != separator && _text[start] is not ('\r' or '\n'))
        {
            Problem = "characters after the closing quote";
            return false;
        }

        _nextLine = line + LinesIn(_text[_position..start]);
        cells.Add(_quoted.ToString());
        _position = start;
        return true;
    }

    private void SkipEmpty()
    {
        while (_position < _text.Length)
        {
            if (_text[_position] is '\r' or '\n')
            {
                SkipLineEnd();
            }
            else if (hasComments && _text[_position] == '#')
            {
                NoteRow();
                SkipLine();
            }
            else
            {
                return;
            }
        }
    }

    private readonly void NoteRow()
    {
        ReadOnlySpan<char> line = _text[_position..];
        int end = line.IndexOfAny('\r', '\n');
        string[] cells = _columns < 2 ? [] : (end < 0 ? line : line[..end]).ToString().Split(separator);
        if (cells.Length == _columns && cells.Length > 0 && cells.Count(static cell => !string.IsNullOrWhiteSpace(cell)) > 1)
        {
            _rowsInComments.Add(_nextLine);
        }
    }

    private void SkipLine()
    {
        int length = _text[_position..].IndexOfAny('\r', '\n');
        _position = length < 0 ? _text.Length : _position + length;
        SkipLineEnd();
    }

    private void SkipLineEnd()
    {
        if (_position < _text.Length)
        {
            _position += _text[_position] == '\r' && _position + 1 < _text.Length && _text[_position + 1] == '\n' ? 2 : 1;
            _nextLine++;
        }
    }

    private static int LinesIn(ReadOnlySpan<char> text)
    {
        int lines = 0;
        for (int i = 0; i < text.Length; i++)
        {
            lines += text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')) ? 1 : 0;
        }

        return lines;
    }
}
