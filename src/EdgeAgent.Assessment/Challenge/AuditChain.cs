using System.Security.Cryptography;
using System.Text.Json;
using EdgeAgent.Assessment.Findings;

namespace EdgeAgent.Assessment.Challenge;

/// <summary>Reads the lines of an audit log and says where the chain breaks.</summary>
public static class AuditChain
{
    /// <summary>Stands for the hash of the line before the first.</summary>
    public const string NoHash = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <returns>The entries up to the first that is wrong; <paramref name="problem"/> names its line, or is null.</returns>
    public static IReadOnlyList<AuditEntry> Read(ReadOnlySpan<byte> lines, out string? problem)
    {
        IReadOnlyList<AuditEntry> entries = Read(lines, out BilingualText? wrong, out _);
        problem = wrong?.En;
        return entries;
    }

    internal static IReadOnlyList<AuditEntry> Read(ReadOnlySpan<byte> lines, out BilingualText? problem, out string headHash)
    {
        List<AuditEntry> entries = [];
        headHash = NoHash;
        problem = null;
        while (!lines.IsEmpty)
        {
            int end = lines.IndexOf((byte)'\n');
            int at = entries.Count + 1;
            if (end < 0)
            {
                problem = new BilingualText($"第 {at} 行被截断", $"line {at} is cut short");
                return entries;
            }

            if (TryParse(lines[..end]) is not { } entry)
            {
                problem = new BilingualText($"第 {at} 行不是日志记录", $"line {at} is no entry");
                return entries;
            }

            if (entry.Sequence != entries.Count + 1 || entry.Previous != headHash)
            {
                problem = new BilingualText(
                    $"第 {at} 行没有接在前一行之后：有一行被改动、删除或插入", $"line {at} does not follow on the line before it: a line was changed, removed or inserted");
                return entries;
            }

            headHash = HashOf(lines[..end]);
            entries.Add(entry);
            lines = lines[(end + 1)..];
        }

        return entries;
    }

    internal static string HashOf(ReadOnlySpan<byte> line) => Convert.ToHexStringLower(SHA256.HashData(line));

    private static AuditEntry? TryParse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, AuditJson.Line.AuditEntry);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
