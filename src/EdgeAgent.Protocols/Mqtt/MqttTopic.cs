using System.Text;
using System.Text.Unicode;

namespace EdgeAgent.Protocols.Mqtt;

/// <summary>The rules for topic names and filters, and whether a filter matches a name.</summary>
public static class MqttTopic
{
    /// <summary>Topics and filters are UTF-8 strings with a two-byte length in front.</summary>
    public const int SizeBytesMax = 65535;

    /// <summary>Levels of a filter that a broker takes. The standard knows no limit, and 32,768 fit into 64 KiB: walking down a tree that
    /// deep would cost the whole process its stack.</summary>
    public const int LevelsMax = 200;

    /// <summary>True when the filter has more levels than <see cref="LevelsMax"/>.</summary>
    public static bool IsDeep(ReadOnlySpan<char> filter) => filter.Count('/') >= LevelsMax;

    /// <summary>True when a message may be published to this name: not empty, valid UTF-8, no NUL and no wildcard.</summary>
    public static bool IsName(ReadOnlySpan<byte> utf8) =>
        utf8.Length is > 0 and <= SizeBytesMax && utf8.IndexOfAny((byte)'+', (byte)'#', (byte)0) < 0 && Utf8.IsValid(utf8);

    /// <summary>The same for a string.</summary>
    public static bool IsName(string name) => name.Length <= SizeBytesMax && IsName(Encoding.UTF8.GetBytes(name)) && HasNoLoneSurrogate(name);

    /// <summary>True when a client may subscribe to this filter: '+' fills a level, '#' is the last level, $share is well formed.</summary>
    public static bool IsFilter(string filter)
    {
        if (filter.Length == 0 || filter.Contains('\0') || !HasNoLoneSurrogate(filter) || Encoding.UTF8.GetByteCount(filter) > SizeBytesMax)
        {
            return false;
        }
        if (filter.StartsWith("$share/", StringComparison.Ordinal))
        {
            return TrySplitShare(filter, out string group, out string inner) && group.Length > 0 && IsPlainFilter(inner);
        }
        return IsPlainFilter(filter);
    }

    /// <summary>Splits "$share/group/filter"; false when it is not a shared subscription or has no inner filter.</summary>
    public static bool TrySplitShare(string filter, out string group, out string inner)
    {
        group = inner = "";
        if (!filter.StartsWith("$share/", StringComparison.Ordinal))
        {
            return false;
        }
        int start = "$share/".Length;
        int slash = filter.IndexOf('/', start);
        if (slash < 0 || slash == filter.Length - 1)
        {
            return false;
        }
        group = filter[start..slash];
        inner = filter[(slash + 1)..];
        return group.AsSpan().IndexOfAny('+', '#') < 0;
    }

    /// <summary>Whether the filter (without $share) covers the name; wildcards at the first level do not cover names that begin with '$'.</summary>
    public static bool Matches(ReadOnlySpan<char> filter, ReadOnlySpan<char> name)
    {
        if (name.Length > 0 && name[0] == '$' && filter.Length > 0 && (filter[0] == '+' || filter[0] == '#'))
        {
            return false;
        }
        while (true)
        {
            int filterEnd = filter.IndexOf('/');
            int nameEnd = name.IndexOf('/');
            ReadOnlySpan<char> filterLevel = filterEnd < 0 ? filter : filter[..filterEnd];
            ReadOnlySpan<char> nameLevel = nameEnd < 0 ? name : name[..nameEnd];
            if (filterLevel is "#")
            {
                return true;
            }
            if (filterLevel is not "+" && !filterLevel.SequenceEqual(nameLevel))
            {
                return false;
            }
            if (filterEnd < 0 || nameEnd < 0)
            {
                // "a/#" also covers its parent "a".
                return filterEnd < 0 ? nameEnd < 0 : filter[(filterEnd + 1)..] is "#";
            }
            filter = filter[(filterEnd + 1)..];
            name = name[(nameEnd + 1)..];
        }
    }

    private static bool IsPlainFilter(ReadOnlySpan<char> filter)
    {
        while (true)
        {
            int end = filter.IndexOf('/');
            ReadOnlySpan<char> level = end < 0 ? filter : filter[..end];
            if (level.Contains('#') && (level.Length > 1 || end >= 0) || level.Contains('+') && level.Length > 1)
            {
                return false;
            }
            if (end < 0)
            {
                return true;
            }
            filter = filter[(end + 1)..];
        }
    }

    private static bool HasNoLoneSurrogate(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyInRange('\uD800', '\uDFFF') is var at and >= 0)
        {
            if (!char.IsHighSurrogate(text[at]) || at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1]))
            {
                return false;
            }
            text = text[(at + 2)..];
        }
        return true;
    }
}
