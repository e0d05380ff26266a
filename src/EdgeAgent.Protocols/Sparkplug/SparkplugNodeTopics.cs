using System.Text;

namespace EdgeAgent.Protocols.Sparkplug;

/// <summary>The topics on which one edge node publishes and is commanded (§4.2 to §4.6), as UTF-8.</summary>
public sealed class SparkplugNodeTopics(string group, string node)
{
    private readonly string _group = $"{SparkplugTopic.Namespace}/{group}";

    public byte[] Birth { get; } = Encoding.UTF8.GetBytes($"{SparkplugTopic.Namespace}/{group}/NBIRTH/{node}");

    public byte[] Data { get; } = Encoding.UTF8.GetBytes($"{SparkplugTopic.Namespace}/{group}/NDATA/{node}");

    /// <summary>Also the will's topic.</summary>
    public string Death { get; } = $"{SparkplugTopic.Namespace}/{group}/NDEATH/{node}";

    public string Command { get; } = SparkplugTopic.CommandTo(group, node);

    public byte[] DeviceBirth(string device) => Encoding.UTF8.GetBytes($"{_group}/DBIRTH/{node}/{device}");

    public byte[] DeviceData(string device) => Encoding.UTF8.GetBytes($"{_group}/DDATA/{node}/{device}");

    public byte[] DeviceDeath(string device) => Encoding.UTF8.GetBytes($"{_group}/DDEATH/{node}/{device}");

    /// <summary>Whether a text can be a group, node, device or host id: not empty, no <c>+ # /</c> (§4.1.1 to §4.1.4), no control characters.</summary>
    public static bool IsId(string text) => text.Length > 0 && text.AsSpan().IndexOfAny("+#/") < 0 && !text.Any(char.IsControl) && IsUnicode(text);

    private static bool IsUnicode(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }
}
