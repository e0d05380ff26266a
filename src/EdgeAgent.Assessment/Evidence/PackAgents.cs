using System.Text.Json;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>The list of agents' keys in a pack.</summary>
internal static class PackAgents
{
    public static byte[] Write(IReadOnlyList<PackAgent> agents) => JsonSerializer.SerializeToUtf8Bytes(agents, PackJson.Readable.IReadOnlyListPackAgent);

    /// <returns>Null when the bytes are no such list.</returns>
    public static Dictionary<AgentKey, byte[]>? TryRead(ReadOnlySpan<byte> json)
    {
        try
        {
            Dictionary<AgentKey, byte[]> keys = [];
            foreach (PackAgent agent in JsonSerializer.Deserialize(json, PackJson.Readable.IReadOnlyListPackAgent) ?? [])
            {
                keys[new AgentKey(agent.Site, agent.Agent)] = Convert.FromBase64String(agent.PublicKey);
            }

            return keys;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
