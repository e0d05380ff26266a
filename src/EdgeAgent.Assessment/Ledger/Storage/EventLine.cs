using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EdgeAgent.Assessment.Findings;

namespace EdgeAgent.Assessment.Ledger.Storage;

/// <summary>One line of the file of events: <c>{"hash":"…","event":{…}}</c>, where the hash is of the event's very bytes.</summary>
internal static class EventLine
{
    private const int HashChars = 64;

    private static readonly byte[] Start = "{\"hash\":\""u8.ToArray();
    private static readonly byte[] Middle = "\",\"event\":"u8.ToArray();
    private static readonly BilingualText NoEvent = new("不是台账事件", "it is no event");

    /// <returns>The line without its line feed, and the event with its hash.</returns>
    public static (byte[] Line, LedgerEvent Event) Write(LedgerEvent happened)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(happened, LedgerJson.Readable.LedgerEvent);
        string hash = Convert.ToHexStringLower(SHA256.HashData(json));
        return ([.. Start, .. Encoding.ASCII.GetBytes(hash), .. Middle, .. json, (byte)'}'], happened with { Hash = hash });
    }

    /// <returns>The event, or what is wrong with the line.</returns>
    public static (LedgerEvent? Event, BilingualText? Problem) Read(ReadOnlySpan<byte> line)
    {
        int body = Start.Length + HashChars + Middle.Length;
        if (line.Length <= body + 1 || !line.StartsWith(Start) || !line[(Start.Length + HashChars)..].StartsWith(Middle) || line[^1] != '}')
        {
            return (null, NoEvent);
        }

        string hash = Encoding.ASCII.GetString(line.Slice(Start.Length, HashChars));
        ReadOnlySpan<byte> json = line[body..^1];
        if (Convert.ToHexStringLower(SHA256.HashData(json)) != hash)
        {
            return (null, new BilingualText("内容与其前的哈希不符：记录之后被改动", "the event does not have the hash that stands before it: it was changed after it was recorded"));
        }

        try
        {
            return JsonSerializer.Deserialize(json, LedgerJson.Default.LedgerEvent) is { } happened
                ? (happened with { Hash = hash }, null)
                : (null, NoEvent);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            return (null, new BilingualText($"无法读取：{e.Message}", $"the event cannot be read: {e.Message}"));
        }
    }
}
