using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>The seed by which samples are drawn, from things that nobody can choose together: the pack before, the window, and the newest batch of every chain.</summary>
internal static class SampleSeed
{
    public static byte[] Of(string site, int fromHour, int toHour, string? previous, IEnumerable<PackChain> chains)
    {
        StringBuilder text = new("edgeagent-evidence samples 1\n");
        text.Append(CultureInfo.InvariantCulture, $"previous {previous ?? "none"}\nsite {site}\nhours {fromHour} {toHour}\n");
        foreach (PackChain chain in chains.OrderBy(c => c.Agent, StringComparer.Ordinal).ThenBy(c => c.Incarnation, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"chain {chain.Agent} {chain.Incarnation} {chain.Last} {chain.LastHash}\n");
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
