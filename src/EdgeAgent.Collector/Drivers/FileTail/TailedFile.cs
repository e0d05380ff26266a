using System.Security.Cryptography;

namespace EdgeAgent.Collector.Drivers.FileTail;

/// <summary>One file while it is read: its position, and what its header said.</summary>
internal sealed class TailedFile(TailPosition position)
{
    /// <summary>Enough for a header and the first lines, which have a time or a count that no other file begins with.</summary>
    private const int BeginMost = 1024;

    public TailPosition Position { get; private set; } = position;

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
            tailed.Position = tailed.Position with { Offset = EndOfLastLine(file) };
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
