using System.Text;

namespace EdgeAgent.Core.Batches.Wire;

/// <summary>Strict UTF-8 to strings: invalid bytes are refused, never replaced.</summary>
internal static class WireText
{
    public static bool TryDecode(ReadOnlySpan<byte> utf8, int bytesMax, out string text)
    {
        text = "";
        if (utf8.Length > bytesMax || !System.Text.Unicode.Utf8.IsValid(utf8))
        {
            return false;
        }

        text = Encoding.UTF8.GetString(utf8);
        return true;
    }

    /// <summary>As <see cref="TryDecode(ReadOnlySpan{byte}, int, out string)"/>, but keeps <paramref name="known"/> when it says the same, so that nothing is allocated.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> utf8, int bytesMax, string known, out string text)
    {
        if (utf8.Length <= 256 && known.Length <= 256)
        {
            Span<byte> same = stackalloc byte[3 * 256];
            int length = Encoding.UTF8.GetBytes(known, same);
            if (same[..length].SequenceEqual(utf8))
            {
                text = known;
                return utf8.Length <= bytesMax;
            }
        }

        return TryDecode(utf8, bytesMax, out text);
    }
}
