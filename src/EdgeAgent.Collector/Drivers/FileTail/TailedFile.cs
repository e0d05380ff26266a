using System.Security.Cryptography;

namespace EdgeAgent.Collector.Drivers.FileTail;

/// <summary>One file while it is read: its position, what was handed over and is not known to be in the buffer yet, and what its header said.</summary>
internal sealed class TailedFile(TailPosition position)
{
    /// <summary>Enough for a header and the first lines, which have a time or a count that no other file begins with.</summary>
    private const int BeginMost = 1024;

    private readonly List<HandedLines> _handed = [.. position.Handed ?? []];
    private long _confirmed = position.Offset;
    private long _newFrom;
    private long _newTicks;

    public TailPosition Position { get; private set; } = position with { Handed = null };

    /// <summary>What to keep for the case of a crash: from where to read again, and with which times.</summary>
    public TailPosition Kept => Position with { Offset = _confirmed, Handed = _handed.Count > 0 ? [.. _handed] : null };

    /// <summary>The time of reading of the line at the present position.</summary>
    public long ReadTicks => Position.Offset >= _newFrom
        ? _newTicks + (Position.Offset - _newFrom)
        : _handed.Find(lines => lines.From <= Position.Offset && Position.Offset < lines.To) is { } again ? again.Ticks + (Position.Offset - again.From) : _newTicks;

    /// <summary>The first time behind all that were given to lines of this file; 0 without any.</summary>
    public long NextTicks => _handed.Count > 0 ? _handed[^1].Ticks + _handed[^1].To - _handed[^1].From : 0;

    /// <summary>Begins to read on. Lines that were handed over before a crash come first, with the times that they had.</summary>
    public void BeginRead(long ticks) => (_newFrom, _newTicks) = (Math.Max(Position.Offset, _handed.Count > 0 ? _handed[^1].To : 0), ticks);

    /// <summary>Notes what was read as handed over.</summary>
    /// <returns>Whether there was anything new.</returns>
    public bool EndRead()
    {
        if (Position.Offset <= _newFrom)
        {
            return false;
        }

        _handed.Add(new HandedLines(_newFrom, Position.Offset, _newTicks));
        return true;
    }

    /// <summary>Takes in that everything before the offset lies in the buffer.</summary>
    public void Confirm(long offset)
    {
        _confirmed = offset;
        _handed.RemoveAll(lines => lines.To <= offset);
    }

    /// <summary>Columns by name once the header was read.</summary>
    public string[]? Columns { get; set; }

    public void Advance(int bytes) => Position = Position with { Offset = Position.Offset + bytes };

    /// <summary>Begins with a file that is not known.</summary>
    public static TailedFile New(FileStream file, string name, bool atEnd)
    {
        var tailed = new TailedFile(new TailPosition(name, 0, "", 0));
        tailed.Recognize(file, name);
        if (atEnd)
        {
            tailed.Position = tailed.Position with { Offset = tailed._confirmed = EndOfLastLine(file) };
        }

        return tailed;
    }

    /// <summary>Whether this is the file, by how it begins. An empty file is only known by its name.</summary>
    public bool Is(FileStream file, string name) => Position.BeginLength == 0
        ? Position.Name == name
        : file.Length >= Math.Max(Position.Offset, Position.BeginLength) && Hash(file, Position.BeginLength) == Position.Begin;

    /// <summary>Takes its present name and, while it is short, its longer beginning.</summary>
    public void Recognize(FileStream file, string name)
    {
        int length = (int)Math.Min(file.Length, BeginMost);
        if (length > Position.BeginLength)
        {
            Position = Position with { BeginLength = length, Begin = Hash(file, length) };
        }

        Position = Position with { Name = name };
    }

    private static string Hash(FileStream file, int length)
    {
        byte[] begin = new byte[length];
        file.Position = 0;
        file.ReadExactly(begin);
        return Convert.ToHexStringLower(SHA256.HashData(begin));
    }

    private static long EndOfLastLine(FileStream file)
    {
        byte[] one = new byte[1];
        for (long at = file.Length; at > 0; at--)
        {
            file.Position = at - 1;
            file.ReadExactly(one);
            if (one[0] == (byte)'\n')
            {
                return at;
            }
        }

        return 0;
    }
}
