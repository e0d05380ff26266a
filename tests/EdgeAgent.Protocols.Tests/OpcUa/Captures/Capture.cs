using EdgeAgent.TestKit;

namespace EdgeAgent.Protocols.Tests.OpcUa.Captures;

/// <summary>One message of a recorded exchange.</summary>
/// <param name="Number">Its line among the messages, from 0.</param>
internal sealed record Capture(int Number, bool IsToServer, string Name, byte[] Frame)
{
    // Header, channel, token and sequence header of a chunk without security.
    private const int BodyOffset = 24;

    public static readonly IReadOnlyList<Capture> All = [.. File
        .ReadLines(RepositoryRoot.Combine("tests", "EdgeAgent.Protocols.Tests", "OpcUa", "Captures", "node-opcua.txt"))
        .Where(line => !line.StartsWith('#'))
        .Select((line, number) => line.Split(' ') is [var direction, var name, var hex] ? new Capture(number, direction == ">", name, Convert.FromHexString(hex)) : throw new FormatException(line))];

    /// <summary>The message in the chunk.</summary>
    public byte[] Message => Frame[BodyOffset..];

    public static Capture Of(string name, int index = 0) => All.Where(c => c.Name == name).ElementAt(index);
}
