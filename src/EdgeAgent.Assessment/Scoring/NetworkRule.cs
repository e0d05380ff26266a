using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Scoring;

/// <summary>Rule R10: which options of item 1 collected data speak for. A person always confirms.</summary>
internal static class NetworkRule
{
    /// <summary>企业网络建设连接情况 in the questionnaire.</summary>
    public const int ItemNo = 1;

    /// <summary>Drivers of controllers on industrial protocols, by the begin of their names. Web pages, files and message brokers are none.</summary>
    private static readonly string[] Industrial = ["modbus", "opc", "s7", "mc-", "mc", "fins", "mtconnect", "bacnet", "iec", "ethernet-ip", "profinet", "focas"];

    public static IEnumerable<(string Option, BilingualText Why)> Suggest(RulePack pack, IReadOnlyList<(DeviceResult Device, IReadOnlyList<SourceKey> Sources)> devices, Coverage areas)
    {
        if (pack.FindItem(ItemNo) is not { } item)
        {
            yield break;
        }

        string[] options = [.. item.Options.Where(o => !o.Excludes).Select(o => o.Key)];
        var onControlNetwork = devices.Where(d => d.Device.Networked && d.Sources.Any(IsOnControlNetwork)).GroupBy(d => d.Device.Workshop)
            .Where(g => g.Count() >= pack.ControlNetworkDevices).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToArray();
        if (options.Length > 0 && onControlNetwork.Length > 0)
        {
            yield return (options[0], AsRecorded(string.Join("; ", onControlNetwork.Select(g => $"{(g.Key.Length == 0 ? "厂区" : g.Key)}: {g.Count()} 台控制器经工业协议联网"))));
        }

        if (options.Length > 1 && areas.Share.D > 0 && areas.Share.N == areas.Share.D)
        {
            yield return (options[^1], AsRecorded($"区域覆盖 {areas.Share}"));
        }
    }

    /// <summary>A sentence that packs hold in Chinese, whichever language is asked for.</summary>
    private static BilingualText AsRecorded(string text) => new(text, text);

    /// <summary>An industrial protocol over a line or within a private network.</summary>
    private static bool IsOnControlNetwork(SourceKey source) =>
        Array.Exists(Industrial, name => source.Driver.StartsWith(name, StringComparison.OrdinalIgnoreCase)) && !IsPublic(source.Address);

    private static bool IsPublic(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && System.Net.IPAddress.TryParse(uri.Host, out System.Net.IPAddress? ip)
        && ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork && ip.GetAddressBytes() is var b
        && !(b[0] is 10 or 127 || (b[0] == 172 && b[1] is >= 16 and <= 31) || (b[0] == 192 && b[1] == 168) || (b[0] == 169 && b[1] == 254) || (b[0] == 100 && b[1] is >= 64 and <= 127));
}
